package io.regulars.architecture;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One statement, cut into words and signs: enough to lint it, not to understand it. Comments are
 * gone; {@code <t>.table}, {@code :bind}, {@code 'text'} and {@code a.column} are one token each.
 */
record Sql(String text, List<String> tokens) {

    private static final Pattern TOKEN =
            Pattern.compile(
                    """
                    --[^\\n]*|/\\*.*?\\*/|\\s+\
                    |(?<token>'(?:[^']|'')*'|"(?:[^"]|"")*"|⟦[^⟧]*⟧|<t>(?:\\.[A-Za-z_]\\w*)?|::|:[A-Za-z_]\\w*\
                    |[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)*(?:\\.\\*)?|\\$\\w*\\$|\\d[\\d.]*|.)\
                    """,
                    Pattern.DOTALL);

    static Sql of(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text.replace("${t}", "<t>"));
        while (matcher.find()) {
            String token = matcher.group("token");
            if (token != null) {
                tokens.add(verbatim(token) ? token : token.toLowerCase(Locale.ROOT));
            }
        }
        return new Sql(text, List.copyOf(tokens));
    }

    /** The statements of a script. */
    static List<Sql> script(String text) {
        List<Sql> statements = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (String token : of(text).tokens()) {
            if (!token.equals(";")) {
                open.add(token);
            } else if (!open.isEmpty()) {
                statements.add(new Sql(String.join(" ", open), List.copyOf(open)));
                open.clear();
            }
        }
        if (!open.isEmpty()) {
            statements.add(new Sql(String.join(" ", open), List.copyOf(open)));
        }
        return statements;
    }

    private static boolean verbatim(String token) {
        return token.startsWith("'") || token.startsWith("⟦");
    }

    /** The token there, or nothing beyond either end. */
    String at(int index) {
        return index >= 0 && index < tokens.size() ? tokens.get(index) : "";
    }

    boolean startsWith(String... words) {
        return follows(0, words);
    }

    boolean follows(int index, String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!at(index + i).equals(words[i])) {
                return false;
            }
        }
        return true;
    }

    boolean has(String... words) {
        return indexOf(0, words) >= 0;
    }

    int indexOf(int from, String... words) {
        for (int i = from; i < tokens.size(); i++) {
            if (follows(i, words)) {
                return i;
            }
        }
        return -1;
    }

    boolean ofTenant() {
        return tokens.stream().anyMatch(token -> token.startsWith("<t>"));
    }

    boolean ofControl() {
        return tokens.stream().anyMatch(token -> token.matches("(control|quartz)\\..+"));
    }

    /** Whether a function of one of these names is called, whatever schema it is taken from. */
    boolean calls(Set<String> functions) {
        for (int i = 0; i < tokens.size(); i++) {
            if (at(i + 1).equals("(") && functions.contains(lastPart(at(i)))) {
                return true;
            }
        }
        return false;
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** The names that {@code with … as (…)} gives. */
    Set<String> commonTables() {
        Set<String> names = new HashSet<>();
        for (int i = 1; has("with") && i < tokens.size(); i++) {
            if (at(i).equals("as") && bodyOfCommonTable(i) >= 0) {
                names.add(at(i - 1).equals(")") ? at(opening(i - 1) - 1) : at(i - 1));
            }
        }
        return names;
    }

    /** Where the query behind an {@code as} begins, or -1 when none does. */
    int bodyOfCommonTable(int as) {
        int i = as + 1;
        if (at(i).equals("not")) {
            i++;
        }
        if (at(i).equals("materialized")) {
            i++;
        }
        return at(i).equals("(") ? i + 1 : -1;
    }

    private int opening(int closing) {
        int depth = 0;
        for (int i = closing; i >= 0; i--) {
            depth += at(i).equals(")") ? 1 : at(i).equals("(") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return 0;
    }

    /** The name before the bracket that is open at a token, such as the function it is given to. */
    String openedBy(int index) {
        int depth = 0;
        for (int i = index - 1; i >= 0; i--) {
            depth += at(i).equals(")") ? 1 : at(i).equals("(") ? -1 : 0;
            if (depth < 0) {
                return at(i - 1);
            }
        }
        return "";
    }

    @Override
    public String toString() {
        return String.join(" ", tokens);
    }
}
