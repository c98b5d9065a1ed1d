package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names as they are typed at a till: without marks, in a hurry, on whatever keyboard. */
class NameSearchJourney {

    private Shop shop;
    private int members;

    @BeforeEach
    void openShop() {
        shop = ServiceUnderTest.shared().signUp();
    }

    private String enrol(String name) {
        return enrol(Map.of("name", name));
    }

    private String enrol(Map<String, Object> said) {
        Map<String, Object> member = new HashMap<>(said);
        member.put("external_id", Integer.toString(members++));
        return Shop.enrol(shop.liveCalls(), member).getString("id");
    }

    private List<String> found(String prefix) {
        return shop.liveCalls()
                .post("/v1/members/search", Map.of("name_prefix", prefix), 200)
                .getList("data.id");
    }

    @Test
    void whatIsTypedWithoutMarksFindsTheNameThatHasThem() {
        String hoa = enrol("Nguyễn Thị Hoa");
        String duc = enrol("Đặng Minh Đức");
        String plain = enrol("nguyen van a");
        for (String typed :
                List.of("nguyen thi hoa", "NGUYEN  THI", " Nguyễn thị ", "nguyễn thi hoa")) {
            assertThat(found(typed)).as(typed).containsExactly(hoa);
        }
        assertThat(found("dang minh d")).containsExactly(duc);
        assertThat(found("Nguyễn Văn")).containsExactly(plain);
        assertThat(found("nguyen")).containsExactly(hoa, plain);
    }

    @Test
    void whoIsCalledJustSoComesFirstAndTheRestByTheAlphabet() {
        String hoang = enrol("Hoàng");
        String older = enrol("Hoa");
        String marked = enrol("Hoà");
        String newer = enrol("HOA");
        String lan = enrol("Hoa Lan");
        assertThat(found("hoa")).containsExactly(newer, older, marked, lan, hoang);
        assertThat(found("hoà")).containsExactly(marked, newer, older, lan, hoang);
    }

    @Test
    void aNameIsFoundByWhatItIsNow() {
        String id = enrol("Lê Thị Út");
        shop.live().body(Map.of("name", "Trần Thị Út")).patch("/v1/members/" + id);
        assertThat(found("le thi")).isEmpty();
        assertThat(found("tran thi ut")).containsExactly(id);
        shop.live().body(Map.of("name", "")).patch("/v1/members/" + id);
        assertThat(found("tran thi ut")).isEmpty();
    }

    @Test
    void aNameGoesWithAMergeAndComesBack() {
        String into = enrol(Map.of());
        String from = enrol("Phạm Ánh Tuyết");
        shop.live().body(Map.of("from", from)).post("/v1/members/" + into + "/merge");
        assertThat(found("pham anh")).containsExactly(into);
        shop.live().body(Map.of("from", from)).post("/v1/members/" + into + "/unmerge");
        assertThat(found("pham anh")).containsExactly(from);
    }

    @Test
    void signsOfPatternsAreSigns() {
        String percent = enrol("100% Đồng");
        enrol("1000 Dong");
        assertThat(found("100%")).containsExactly(percent);
        assertThat(found("%")).isEmpty();
        assertThat(found("_00")).isEmpty();
        assertThat(found("\\")).isEmpty();
    }

    @Test
    void theLongestNamesOfAnyScriptAreKeptAndFound() {
        for (String letter : List.of("ﷺ", "ộ", "ก", "김")) {
            String name = letter.repeat(255);
            String id = enrol(name);
            assertThat(found(name)).containsExactly(id);
            assertThat(found(letter)).containsExactly(id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u0301", "\u200b"})
    void whatHasNoLetterIsRefusedAndDoesNotFindEverybody(String nothing) {
        shop.live()
                .body(Map.of("name_prefix", nothing))
                .post("/v1/members/search")
                .then()
                .statusCode(422);
        String marks = enrol("\u0301");
        assertThat(found("a")).doesNotContain(marks);
    }
}
