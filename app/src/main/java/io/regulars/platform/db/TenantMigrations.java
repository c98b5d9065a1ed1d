package io.regulars.platform.db;

import java.util.List;
import java.util.stream.Collectors;

/** The tenants' migration set: plain SQL in which {@code ${t}} stands for the schema. */
record TenantMigrations(List<SqlFile> files) {

    TenantMigrations {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("no tenant migrations");
        }
    }

    static TenantMigrations fromClassPath() {
        return new TenantMigrations(SqlFile.list("migrations/tenant"));
    }

    /** The version that this code brings. */
    long latest() {
        return files.getLast().version();
    }

    /** The oldest version that this code can serve: the one before the latest. */
    long oldestServed() {
        return files.get(Math.max(0, files.size() - 2)).version();
    }

    /** One script that makes a whole schema. */
    String flattened(String schema) {
        return files.stream().map(file -> inSchema(file, schema)).collect(Collectors.joining("\n"));
    }

    List<SqlFile> after(long version) {
        return files.stream().filter(file -> file.version() > version).toList();
    }

    static String inSchema(SqlFile file, String schema) {
        return file.text().replace("${t}", schema);
    }
}
