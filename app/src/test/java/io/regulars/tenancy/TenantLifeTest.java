package io.regulars.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TenantLifeTest {

    private static final Set<String> PREPARED = ConcurrentHashMap.newKeySet();
    private static volatile boolean broken;
    private static TenancyService service;

    @BeforeAll
    static void start() throws Exception {
        service =
                TenancyService.start((side, setup) -> {
                    if (broken) {
                        throw new IllegalStateException("the process dies here");
                    }
                    PREPARED.add(side.schema());
                });
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @Test
    void severalFirstUsesOfTheTestKeyMakeOneSchema() {
        TenancyService.Shop shop = service.shop("tester@shop.example");
        assertThat(service.module.directory().find(shop.id(), Side.TEST)).isEmpty();
        List<String> schemas =
                IntStream.range(0, 8)
                        .parallel()
                        .mapToObj(i ->
                                service.as(shop.testKey())
                                        .get("/probe/lookup")
                                        .<String>path("schema"))
                        .toList();
        assertThat(new HashSet<>(schemas)).hasSize(1);
        assertThat(PREPARED).contains(schemas.getFirst());
        assertThat(service.as(shop.liveKey()).get("/probe/lookup").<String>path("schema"))
                .isNotEqualTo(schemas.getFirst());
        assertThat(
                        service.count(
                                "select count(*) from control.tenant_schema where state = 'claimed'"))
                .isEqualTo(
                        service.count(
                                "select count(live_schema) + count(test_schema) from control.tenant"));
    }

    @Test
    void aTestSideThatWasCutShortIsPreparedByTheNextUse() {
        TenancyService.Shop shop = service.shop("crash@shop.example");
        broken = true;
        service.as(shop.testKey()).get("/probe/lookup").then().statusCode(500);
        broken = false;
        assertThat(service.module.directory().find(shop.id(), Side.TEST)).isEmpty();
        String schema = service.as(shop.testKey()).get("/probe/lookup").path("schema");
        assertThat(PREPARED).contains(schema);
        assertThat(service.module.directory().find(shop.id(), Side.TEST).map(TenantRef::schema))
                .contains(schema);
    }

    @Test
    void aSuspendedShopIsAnsweredWithThatAloneUntilItIsResumed() {
        TenancyService.Shop shop = service.shop("late@shop.example");
        service.adminTask("tenant-state?state=suspended&tenant=" + shop.id())
                .then()
                .statusCode(200);
        service.as(shop.liveKey())
                .get("/v1/tenant")
                .then()
                .statusCode(403)
                .body("code", equalTo("tenant_suspended"));
        service.as(shop.session()).get("/v1/api-keys").then().statusCode(403);
        assertThat(service.module.directory().find(shop.id(), Side.LIVE)).isEmpty();
        assertThat(active()).doesNotContain(shop.id().toString());
        service.module.states().resume(shop.id());
        service.as(shop.liveKey()).get("/v1/tenant").then().statusCode(200);
        assertThat(active()).contains(shop.id().toString());
    }

    @Test
    void aDeletedShopIsGoneForGood() {
        TenancyService.Shop shop = service.shop("gone@shop.example");
        service.as(shop.liveKey()).get("/v1/tenant").then().statusCode(200);
        service.module.states().delete(shop.id());
        service.module.states().delete(shop.id());
        service.as(shop.liveKey()).get("/v1/tenant").then().statusCode(401);
        service.as(shop.testKey()).get("/v1/tenant").then().statusCode(401);
        service.as(shop.session()).get("/v1/tenant").then().statusCode(401);
        service.http()
                .body(Map.of("email", shop.email(), "password", TenancyService.PASSWORD))
                .post("/v1/sessions")
                .then()
                .statusCode(401);
        assertThat(
                        service.count(
                                "select count(*) from control.app_user where email = '"
                                        + shop.email()
                                        + "'"))
                .as("whoever ends the shop, its people are forgotten")
                .isZero();
        Http.Answer again = service.adminTask("tenant-state?state=active&tenant=" + shop.id());
        assertThat(again.statusCode()).isEqualTo(500);
    }

    @Test
    void aSchemaThatWaitsForItsUpgradeIsNotServed() {
        TenancyService.Shop shop = service.shop("behind@shop.example");
        service.databases
                .control()
                .run(handle ->
                        handle.execute(
                                "update control.tenant_schema set version = 1 where name = (select live_schema from control.tenant where id = ?)",
                                shop.id().uuid()));
        service.module.states().resume(shop.id());
        service.as(shop.liveKey())
                .get("/v1/tenant")
                .then()
                .statusCode(503)
                .header("Retry-After", "30")
                .body("code", equalTo("schema_outdated"));
        assertThat(service.module.directory().find(shop.id(), Side.LIVE)).isEmpty();
    }

    @Test
    void aProfileIsChangedFieldByField() {
        TenancyService.Shop shop = service.shop("profile@shop.example");
        patch(
                        shop,
                        Map.of(
                                "legal_name",
                                "Mây TNHH",
                                "email",
                                "Hello@May.example",
                                "time_zone",
                                "Asia/Tokyo"),
                        null)
                .then()
                .statusCode(200)
                .body("legal_name", equalTo("Mây TNHH"))
                .body("email", equalTo("hello@may.example"))
                .body("time_zone", equalTo("Asia/Tokyo"))
                .body("postal_address", nullValue());
        patch(shop, Map.of("legal_name", "", "postal_address", "1 Lê Lợi\nHuế"), null)
                .then()
                .body("legal_name", nullValue())
                .body("email", equalTo("hello@may.example"))
                .body("postal_address", equalTo("1 Lê Lợi\nHuế"));
        assertThat(
                        service.module
                                .directory()
                                .find(shop.id(), Side.LIVE)
                                .orElseThrow()
                                .zone()
                                .getId())
                .isEqualTo("Asia/Tokyo");
        patch(
                        shop,
                        Map.of(
                                "email",
                                "nowhere",
                                "time_zone",
                                "",
                                "website",
                                "javascript:alert(1)"),
                        null)
                .then()
                .statusCode(422)
                .body("errors.pointer", equalTo(List.of("/email", "/website", "/time_zone")));
    }

    @Test
    void aChangeMadeOnAnOldReadingIsRefused() {
        TenancyService.Shop shop = service.shop("etag@shop.example");
        String tag = service.as(shop.liveKey()).get("/v1/tenant").header("ETag");
        patch(shop, Map.of("sender_name", "Mây"), tag).then().statusCode(200);
        patch(shop, Map.of("sender_name", "Gió"), tag).then().statusCode(412);
        patch(shop, Map.of("sender_name", "Gió"), "*").then().statusCode(200);
    }

    @Test
    void theChecklistSaysWhatBlocksTheFirstMail() {
        TenancyService.Shop shop = service.shop("list@shop.example");
        service.as(shop.liveKey())
                .get("/v1/tenant/checklist")
                .then()
                .body("ready", equalTo(false))
                .body("items[0].key", equalTo("sender_identity"))
                .body("items[0].done", equalTo(false));
        patch(
                shop,
                Map.of("legal_name", "M", "postal_address", "Huế", "email", "a@b.example"),
                null);
        service.as(shop.liveKey()).get("/v1/tenant/checklist").then().body("ready", equalTo(true));
    }

    @Test
    void theShopCanStopAllItsMail() {
        TenancyService.Shop shop = service.shop("stop@shop.example");
        service.as(shop.liveKey())
                .post("/v1/sending/stop")
                .then()
                .statusCode(200)
                .body("sending_stopped", equalTo(true));
        assertThat(service.module.directory().sendingStopped(shop.id())).isTrue();
        service.as(shop.liveKey()).get("/v1/tenant").then().body("sending_stopped", equalTo(true));
        service.as(shop.liveKey())
                .post("/v1/sending/resume")
                .then()
                .body("sending_stopped", equalTo(false));
        assertThat(service.module.directory().sendingStopped(shop.id())).isFalse();
    }

    @Test
    void aChangeThatChangesNothingLeavesTheVersionAndAPhoneIsOne() {
        TenancyService.Shop shop = service.shop("same@shop.example");
        patch(shop, Map.of("sender_name", "Mây"), null).then().statusCode(200);
        String tag = service.as(shop.liveKey()).get("/v1/tenant").header("ETag");
        Map<String, String> nothing = new HashMap<>();
        nothing.put("legal_name", null);
        nothing.put("sender_name", "Mây");
        assertThat(patch(shop, nothing, tag).header("ETag")).isEqualTo(tag);
        patch(shop, Map.of("phone", "abc"), tag)
                .then()
                .statusCode(422)
                .body("errors.pointer", equalTo(List.of("/phone")))
                .body("errors.code", equalTo(List.of("invalid_phone")));
        for (String phone : List.of("+84 905 123 456", "(0234) 382-1234", "1900 1234")) {
            patch(shop, Map.of("phone", phone), null)
                    .then()
                    .statusCode(200)
                    .body("phone", equalTo(phone));
        }
    }

    private static Http.Answer patch(
            TenancyService.Shop shop, Map<String, String> body, @Nullable String ifMatch) {
        var request = service.as(shop.liveKey()).body(body);
        return (ifMatch == null ? request : request.header("If-Match", ifMatch))
                .patch("/v1/tenant");
    }

    private static List<String> active() {
        return service.module.directory().after(Optional.empty(), 500).stream()
                .map(ref -> ref.id().toString())
                .toList();
    }
}
