package io.regulars.engagement.content;

import io.regulars.engagement.content.SafeText.Branch;
import io.regulars.engagement.content.SafeText.Node;
import io.regulars.engagement.content.SafeText.Refused;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the three forms that a shop's text may hold. Without recursion, in one pass: a text of any
 * shape costs what its length says.
 */
final class TextParser {

    static final String NOT_ALLOWED = "not_allowed";
    static final String UNKNOWN = "unknown_placeholder";
    static final String NEEDS_DEFAULT = "default_needed";
    static final String UNCLOSED = "unclosed";

    private static final int DEEPEST = 5;
    private static final int MOST_PLACEHOLDERS = 100;

    private static final Pattern PATH = Pattern.compile("[a-z][a-z_]*(\\.[a-z][a-z_]*)*");
    private static final Pattern PLACEHOLDER =
            Pattern.compile(
                    "\\$\\{([a-z][a-z_]*(?:\\.[a-z][a-z_]*)*+)(?:!\"([^\"\\\\$#{}<>\\r\\n]{0,200})\")?}");
    private static final Pattern IF =
            Pattern.compile("<#if ([a-z][a-z_]*(?:\\.[a-z][a-z_]*)*+)(?:\\?\\?|\\?has_content)?>");

    /** All that Freemarker, in either of its two dialects, would take for code. */
    private static final Pattern CODE =
            Pattern.compile("\\$\\{|#\\{|<#|</#|<@|</@|\\[#|\\[/#|\\[@|\\[/@|\\[=");

    private final String text;
    private final Set<String> known;
    private final Set<String> optional;

    private int at;
    private int placeholders;
    private Branch branch = new Branch();
    private final Deque<Open> open = new ArrayDeque<>();

    /** A question whose end has not come yet. */
    private static final class Open {
        final int start;
        final String path;
        final Branch outside;
        @Nullable List<Node> given;

        Open(int start, String path, Branch outside) {
            this.start = start;
            this.path = path;
            this.outside = outside;
        }
    }

    TextParser(String text, Set<String> known, Set<String> optional) {
        this.text = text;
        this.known = known;
        this.optional = optional;
    }

    SafeText parse() throws Refused {
        Matcher code = CODE.matcher(text);
        int next = code.find() ? code.start() : text.length();
        while (at < text.length()) {
            if (at < next) {
                branch.add(text.charAt(at++));
            } else {
                form();
                next = code.find(at) ? code.start() : text.length();
            }
        }
        Open unclosed = open.peek();
        if (unclosed != null) {
            throw refused(
                    unclosed.start, UNCLOSED, "This <#if " + unclosed.path + "> has no </#if>.");
        }
        return new SafeText(branch.end());
    }

    private void form() throws Refused {
        if (text.startsWith("${", at)) {
            placeholder();
        } else if (text.startsWith("<#if", at)) {
            question();
        } else if (text.startsWith("<#else>", at)) {
            otherwise();
        } else if (text.startsWith("</#if>", at)) {
            end();
        } else {
            throw notAllowed();
        }
    }

    private void placeholder() throws Refused {
        Matcher form = PLACEHOLDER.matcher(text).region(at, text.length());
        if (!form.lookingAt()) {
            throw notAllowed();
        }
        if (++placeholders > MOST_PLACEHOLDERS) {
            throw refused(
                    at,
                    NOT_ALLOWED,
                    "More than " + MOST_PLACEHOLDERS + " placeholders are too many.");
        }
        String path = known(form.group(1));
        String otherwise = form.group(2);
        if (otherwise == null && optional.contains(path) && !isAsked(path)) {
            throw refused(
                    at,
                    NEEDS_DEFAULT,
                    "There may be no "
                            + path
                            + ": write ${"
                            + path
                            + "!\"…\"}, or ask with <#if "
                            + path
                            + "> first.");
        }
        branch.add(new Node.Value(path, otherwise));
        at = form.end();
    }

    /** Whether this place is only reached when there is a value. */
    private boolean isAsked(String path) {
        return open.stream().anyMatch(one -> one.given == null && one.path.equals(path));
    }

    private void question() throws Refused {
        Matcher form = IF.matcher(text).region(at, text.length());
        if (!form.lookingAt()) {
            throw notAllowed();
        }
        if (open.size() == DEEPEST) {
            throw refused(
                    at, NOT_ALLOWED, "More than " + DEEPEST + " questions within each other.");
        }
        open.push(new Open(at, known(form.group(1)), branch));
        branch = new Branch();
        at = form.end();
    }

    private void otherwise() throws Refused {
        Open question = open.peek();
        if (question == null || question.given != null) {
            throw refused(at, UNCLOSED, "This <#else> belongs to no <#if …>.");
        }
        question.given = branch.end();
        branch = new Branch();
        at += "<#else>".length();
    }

    private void end() throws Refused {
        if (open.isEmpty()) {
            throw refused(at, UNCLOSED, "This </#if> belongs to no <#if …>.");
        }
        Open question = open.pop();
        List<Node> last = branch.end();
        List<Node> given = question.given;
        branch = question.outside;
        branch.add(
                given == null
                        ? new Node.Choice(question.path, last, List.of())
                        : new Node.Choice(question.path, given, last));
        at += "</#if>".length();
    }

    private String known(String path) throws Refused {
        if (!PATH.matcher(path).matches() || !known.contains(path)) {
            throw refused(
                    at,
                    UNKNOWN,
                    "There is no "
                            + path
                            + " in this mail; there are: "
                            + String.join(", ", new TreeSet<>(known))
                            + ".");
        }
        return path;
    }

    private Refused notAllowed() {
        String found = text.substring(at, Math.min(text.length(), at + 20)).replaceAll("\\R.*", "");
        return refused(
                at,
                NOT_ALLOWED,
                "Only ${path}, ${path!\"default\"} and <#if path>…<#else>…</#if> may stand in a text, not "
                        + found
                        + (found.length() < 20 ? "" : "…"));
    }

    private Refused refused(int where, String code, String detail) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < where; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return new Refused(line, column, code, detail);
    }
}
