package io.regulars.loyalty.presets;

import io.regulars.loyalty.program.LocalText;
import io.regulars.loyalty.program.Program;
import io.regulars.platform.http.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The presets; read when somebody first asks for them, since most starts never need them. */
public final class Presets {

    private static final String FOLDER = "/tenants-config/";

    private final Lock reading = new ReentrantLock();
    private @Nullable Shelf shelf;

    /** {@code presets.yml}. */
    private record Catalogue(List<Entry> presets) {}

    private record Entry(String key, LocalText name, LocalText description, LocalText goodFor) {}

    private record Shelf(
            List<Preset> all, Map<String, Program> programs, SpendingUnits spendingUnits) {}

    /** In the order in which they are to be shown. */
    public List<Preset> all() {
        return shelf().all();
    }

    public boolean knows(String key) {
        return shelf().programs().containsKey(key);
    }

    /** The program of a preset with its amounts in this currency. */
    public Optional<Program> in(String key, String currency) {
        Shelf there = shelf();
        return Optional.ofNullable(there.programs().get(key))
                .map(program -> there.spendingUnits().convert(program, currency));
    }

    private Shelf shelf() {
        reading.lock();
        try {
            if (shelf == null) {
                shelf = read();
            }
            return shelf;
        } finally {
            reading.unlock();
        }
    }

    private static Shelf read() {
        Map<String, Program> programs = new LinkedHashMap<>();
        List<Preset> all =
                file("presets.yml", Catalogue.class).presets().stream()
                        .map(entry -> {
                            Program program =
                                    file("presets/" + entry.key() + ".yml", Program.class);
                            programs.put(entry.key(), program);
                            return new Preset(
                                    entry.key(),
                                    entry.name(),
                                    entry.description(),
                                    entry.goodFor(),
                                    program.currency());
                        })
                        .toList();
        return new Shelf(all, programs, file("currencies.yml", SpendingUnits.class));
    }

    private static <T> T file(String name, Class<T> type) {
        try (InputStream in =
                Objects.requireNonNull(Presets.class.getResourceAsStream(FOLDER + name), name)) {
            return Yaml.read(in.readAllBytes(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
