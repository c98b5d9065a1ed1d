package io.regulars.edge;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/** The big list of naughty strings, where it is at hand. */
public final class HostileStrings {

    private static final Pattern MARKUP = Pattern.compile("[<>\"'&]");

    private HostileStrings() {}

    /** Those that could mean something to a browser; one in five without {@code -Dhostile=all}. */
    public static List<String> markup() throws IOException {
        List<String> markup = all().stream().filter(text -> MARKUP.matcher(text).find()).toList();
        int step = "all".equals(System.getProperty("hostile")) ? 1 : 5;
        return IntStream.range(0, markup.size())
                .filter(i -> i % step == 0)
                .mapToObj(markup::get)
                .toList();
    }

    public static List<String> all() throws IOException {
        Path file = Path.of(System.getProperty("shared.data", "absent"), "blns", "blns.json");
        Assumptions.assumeTrue(Files.exists(file), "the hostile strings are not here");
        return new ObjectMapper().readValue(file.toFile(), new TypeReference<List<String>>() {});
    }
}
