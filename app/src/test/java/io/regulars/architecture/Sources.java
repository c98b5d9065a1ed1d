package io.regulars.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The tree as it is written, for what byte code does not show: SQL, templates, words. */
final class Sources {

    static final Path ROOT =
            Path.of(System.getProperty("root.dir", "..")).toAbsolutePath().normalize();
    static final Path MAIN = ROOT.resolve("app/src/main/java");

    private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules", ".idea");

    private Sources() {}

    /**
     * One string of the main sources, put together from all parts of a concatenation. What only the
     * running program knows stands in it as {@code ⟦expression⟧}.
     */
    record Text(String className, String value) {

        String packageName() {
            return className.substring(0, className.lastIndexOf('.'));
        }
    }

    static List<Path> files(Path folder) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path visited, BasicFileAttributes attributes) {
                            return NOT_OURS.contains(visited.getFileName().toString())
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            files.add(file);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.stream().sorted().toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every string of the main sources. */
    static List<Text> texts() {
        return Parsed.TEXTS;
    }

    /** Parsed once, when somebody asks. */
    private static final class Parsed {
        private static final List<Text> TEXTS = parse();
    }

    private static List<Text> parse() {
        List<Path> java = files(MAIN).stream().filter(f -> f.toString().endsWith(".java")).toList();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(null, Locale.ROOT, UTF_8)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    manager,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    manager.getJavaFileObjectsFromPaths(java));
            List<CompilationUnitTree> units =
                    StreamSupport.stream(task.parse().spliterator(), false)
                            .<CompilationUnitTree>map(unit -> unit)
                            .toList();
            Strings strings = new Strings();
            units.forEach(unit -> new Constants(strings.constants).scan(unit, className(unit)));
            units.forEach(unit -> strings.scan(unit, className(unit)));
            return List.copyOf(strings.found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String className(CompilationUnitTree unit) {
        String file = Path.of(unit.getSourceFile().toUri()).getFileName().toString();
        return unit.getPackageName() + "." + file.substring(0, file.length() - ".java".length());
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    /** Variables with a value of text, as {@code Class.NAME}. */
    private static final class Constants extends TreeScanner<Void, String> {

        private final Map<String, ExpressionTree> constants;

        Constants(Map<String, ExpressionTree> constants) {
            this.constants = constants;
        }

        @Override
        public Void visitVariable(VariableTree variable, String className) {
            ExpressionTree value = variable.getInitializer();
            if (value != null && variable.getName().toString().matches("[A-Z][A-Z0-9_]*")) {
                constants.put(simpleName(className) + "." + variable.getName(), value);
            }
            return super.visitVariable(variable, className);
        }
    }

    private static final class Strings extends TreeScanner<Void, String> {

        private final Map<String, ExpressionTree> constants = new HashMap<>();
        private final List<Text> found = new ArrayList<>();

        @Override
        public Void visitLiteral(LiteralTree literal, String className) {
            if (literal.getValue() instanceof String value) {
                found.add(new Text(className, value));
            }
            return null;
        }

        @Override
        public Void visitBinary(BinaryTree sum, String className) {
            if (sum.getKind() != Tree.Kind.PLUS || !isText(sum, className)) {
                return super.visitBinary(sum, className);
            }
            found.add(new Text(className, flat(sum, className)));
            return null;
        }

        private boolean isText(ExpressionTree part, String className) {
            return switch (part) {
                case LiteralTree literal -> literal.getValue() instanceof String;
                case ParenthesizedTree inner -> isText(inner.getExpression(), className);
                case BinaryTree sum ->
                        sum.getKind() == Tree.Kind.PLUS
                                && (isText(sum.getLeftOperand(), className)
                                        || isText(sum.getRightOperand(), className));
                default -> false;
            };
        }

        private String flat(ExpressionTree part, String className) {
            return switch (part) {
                case LiteralTree literal -> String.valueOf(literal.getValue());
                case ParenthesizedTree inner -> flat(inner.getExpression(), className);
                case BinaryTree sum when sum.getKind() == Tree.Kind.PLUS ->
                        flat(sum.getLeftOperand(), className)
                                + flat(sum.getRightOperand(), className);
                case IdentifierTree name ->
                        constant(simpleName(className) + "." + name.getName(), className, part);
                case MemberSelectTree name -> constant(name.toString(), className, part);
                default -> unknown(part);
            };
        }

        private String constant(String key, String className, ExpressionTree part) {
            ExpressionTree value = constants.get(key);
            return value == null ? unknown(part) : flat(value, className);
        }

        private static String unknown(ExpressionTree part) {
            return "⟦" + part.toString().replaceAll("[⟦⟧\\s]+", " ") + "⟧";
        }
    }
}
