package io.regulars.platform.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One migration file, {@code V<yyyyMMddHHmm>__intent.sql}. */
record SqlFile(long version, String name, String text) {

    private static final Pattern NAME = Pattern.compile("V(\\d{12})__[a-z0-9_]+\\.sql");

    /** The files of a folder on the class path, in the order of their versions. */
    static List<SqlFile> list(String folder) {
        URL url = SqlFile.class.getClassLoader().getResource(folder);
        if (url == null) {
            throw new IllegalStateException("no folder " + folder + " on the class path");
        }
        try {
            URI uri = url.toURI();
            if (!uri.getScheme().equals("jar")) {
                return read(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return read(jar.getPath(folder));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<SqlFile> read(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(SqlFile::of)
                    .sorted(Comparator.comparingLong(SqlFile::version))
                    .toList();
        }
    }

    private static SqlFile of(Path file) {
        String name = file.getFileName().toString();
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalStateException("not the name of a migration: " + name);
        }
        try {
            return new SqlFile(
                    Long.parseLong(matcher.group(1)),
                    name,
                    Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
