package io.regulars.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.platform.db.Side;
import io.regulars.testing.TestDatabase;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A shop in one file, and those who are slow to take it. */
class TenantExportTest {

    private static TenancyService service;

    @BeforeAll
    static void start() throws Exception {
        service = TenancyService.start();
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @Test
    void whoReadsSlowlyKeepsNoConnectionAndNobodyElseFromTheirs() throws Exception {
        TenancyService.Shop shop = service.shop("slow@export.example");
        TenancyService.Shop other = service.shop("quick@export.example");
        fill(shop);
        HttpResponse<InputStream> slow =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        "http://127.0.0.1:"
                                                                + service.port()
                                                                + "/v1/tenant/export"))
                                        .header("Authorization", "Bearer " + shop.liveKey())
                                        .POST(HttpRequest.BodyPublishers.noBody())
                                        .build(),
                                HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream archive = slow.body()) {
            assertThat(slow.statusCode()).isEqualTo(200);
            assertThat(copying()).as("while most of it is not read").isZero();
            service.as(shop.liveKey())
                    .post("/v1/tenant/export")
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("conflict"));
            service.as(other.liveKey()).post("/v1/tenant/export").then().statusCode(200);
            assertThat(files(shop)).isEqualTo(1);
            assertThat(entries(archive)).contains("live/setting.copy", "manifest.json");
        }
        await().until(() -> files(shop) == 0);
        service.as(shop.liveKey()).post("/v1/tenant/export").then().statusCode(200);
        await().until(() -> files(shop) == 0);
    }

    /** More than what fits into the buffers between here and there. */
    private static void fill(TenancyService.Shop shop) {
        String schema = TestDatabase.schema(service.settings, shop.id().uuid(), Side.LIVE);
        TestDatabase.change(
                service.settings,
                "insert into "
                        + schema
                        + ".setting (key, value, version, updated_at)"
                        + " select 'filler-' || i, to_jsonb((select string_agg(sha512((i || '-' || j)::bytea)::text, '')"
                        + " from generate_series(1, 1000) j)), 1, timestamptz '2026-11-22' from generate_series(1, 300) i");
    }

    private static long copying() {
        return TestDatabase.number(
                service.settings,
                "select count(*) from pg_stat_activity where datname = current_database()"
                        + " and query like 'copy %' and state <> 'idle'");
    }

    private static long files(TenancyService.Shop shop) throws Exception {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(
                            file -> file.getFileName().toString().contains(shop.id().toString()))
                    .count();
        }
    }

    private static Stream<String> entries(InputStream body) throws Exception {
        try (ZipInputStream zip = new ZipInputStream(body)) {
            Stream.Builder<String> names = Stream.builder();
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
            return names.build();
        }
    }
}
