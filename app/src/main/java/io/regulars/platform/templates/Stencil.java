package io.regulars.platform.templates;

import io.regulars.platform.smtp.Lines;
import java.util.ArrayList;
import java.util.List;

/** What a template printed, with places for the texts in which its mails differ. */
final class Stencil {

    private final List<Stretch> stretches;

    private Stencil(List<Stretch> stretches) {
        this.stretches = stretches;
    }

    /** Whole lines. */
    private sealed interface Stretch {
        Lines.Run filled(List<String> texts);

        int length();
    }

    /** Lines that all mails have in common. */
    private record Same(Lines.Run lines, int length) implements Stretch {
        @Override
        public Lines.Run filled(List<String> texts) {
            return lines;
        }
    }

    /**
     * @param fixed what stands before each slot, and after the last
     */
    private record Varying(List<String> fixed, List<Integer> slots) implements Stretch {

        static Varying of(String printed) {
            List<String> fixed = new ArrayList<>();
            List<Integer> slots = new ArrayList<>();
            int from = 0;
            for (int mark = printed.indexOf(Slot.MARK);
                    mark >= 0;
                    mark = printed.indexOf(Slot.MARK, from)) {
                fixed.add(printed.substring(from, mark));
                slots.add(Slot.number(printed, mark));
                from = mark + Slot.LENGTH;
            }
            fixed.add(printed.substring(from));
            return new Varying(List.copyOf(fixed), List.copyOf(slots));
        }

        @Override
        public Lines.Run filled(List<String> texts) {
            StringBuilder filled = new StringBuilder(2 * length());
            for (int i = 0; i < slots.size(); i++) {
                filled.append(fixed.get(i)).append(texts.get(slots.get(i)));
            }
            return new Lines.Run(filled.append(fixed.getLast()).toString());
        }

        @Override
        public int length() {
            return fixed.stream().mapToInt(String::length).sum();
        }
    }

    /**
     * @param printed with the marks of {@link Slot}s in it
     */
    static Stencil of(String printed) {
        List<Stretch> stretches = new ArrayList<>();
        int from = 0;
        while (from < printed.length()) {
            boolean varies = isMarked(printed, from);
            int end = endOfLine(printed, from);
            while (end < printed.length() && isMarked(printed, end) == varies) {
                end = endOfLine(printed, end);
            }
            String lines = printed.substring(from, end);
            stretches.add(
                    varies ? Varying.of(lines) : new Same(new Lines.Run(lines), lines.length()));
            from = end;
        }
        return new Stencil(List.copyOf(stretches));
    }

    /** Whether there is a slot in the line that begins here. */
    private static boolean isMarked(String printed, int line) {
        int mark = printed.indexOf(Slot.MARK, line);
        return mark >= 0 && mark < endOfLine(printed, line);
    }

    private static int endOfLine(String printed, int line) {
        int end = printed.indexOf('\n', line);
        return end < 0 ? printed.length() : end + 1;
    }

    /**
     * @param texts for the slots, escaped as the text around them asks for
     */
    Lines filled(List<String> texts) {
        return new Lines(stretches.stream().map(stretch -> stretch.filled(texts)).toList());
    }

    /** Without what is filled in. */
    int length() {
        return stretches.stream().mapToInt(Stretch::length).sum();
    }
}
