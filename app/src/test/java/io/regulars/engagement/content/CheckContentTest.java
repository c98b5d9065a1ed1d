package io.regulars.engagement.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.engagement.content.MailContent.Block;
import io.regulars.engagement.content.MailContent.BlockType;
import io.regulars.platform.http.FieldError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CheckContentTest {

    private static final CheckContent.Use BIRTHDAY =
            new CheckContent.Use("birthday", false, Set.of("shop.example"));

    /** What is known to break Freemarker, with or without its sandbox. */
    static Stream<Arguments> attacks() {
        return Stream.of(
                attack(
                        "class creation",
                        "${\"freemarker.template.utility.Execute\"?new()(\"id\")}"),
                attack(
                        "object constructor",
                        "<#assign x=\"freemarker.template.utility.ObjectConstructor\"?new()>"),
                attack(
                        "jython",
                        "<#assign x=\"freemarker.template.utility.JythonRuntime\"?new()><@x>import os</@x>"),
                attack("reflection", "${member.class.protectionDomain.classLoader}"),
                attack("a method", "${member.name.getBytes()}"),
                attack("?api", "${member.name?api.class}"),
                attack("the locale object", "${.locale_object.class}"),
                attack("?interpret", "<@\"<#assign x=1>\"?interpret />"),
                attack("?eval", "${\"1+1\"?eval}"),
                attack("?eval_json", "${'[1]'?eval_json}"),
                attack("the whole model", "${.data_model?keys?join(',')}"),
                attack("?no_esc", "${member.name?no_esc}"),
                attack("noescape", "<#noautoesc>${member.name}</#noautoesc>"),
                attack(
                        "output format",
                        "<#outputformat \"plainText\">${member.name}</#outputformat>"),
                attack("memory by padding", "${''?left_pad(500000000)}"),
                attack("memory by right padding", "${''?right_pad(500000000)}"),
                attack("a huge range", "${(1..30000000)?join('')}"),
                attack("an endless list", "<#list 1.. as i>${i}</#list>"),
                attack(
                        "string doubling",
                        "<#assign s='x'><#list 1..40 as i><#assign s=s+s></#list>"),
                attack("a recursive macro", "<#macro m><@m/></#macro><@m/>"),
                attack("a recursive function", "<#function f x><#return f(x)></#function>${f(1)}"),
                attack(
                        "20,000 parentheses",
                        "${" + "(".repeat(20_000) + "1" + ")".repeat(20_000) + "}"),
                attack("a file of the machine", "<#include \"/etc/passwd\">"),
                attack("an import", "<#import \"/_layout/html.ftlh\" as l>"),
                attack("a setting", "<#setting number_format=\"0.0000000000\">"),
                attack("attempt and stop", "<#attempt><#stop \"x\"><#recover></#attempt>"),
                attack("a slow pattern", "${'aaaaaaaaaaaaaaaaaaaaaaaa!'?matches('(a+)+')}"),
                attack("the other syntax", "[#assign x=1][=x]"),
                attack("the old syntax", "#{1 + 1}"));
    }

    private static Arguments attack(String name, String code) {
        return Arguments.of(name, code);
    }

    @Test
    void thereAreAllOfThem() {
        assertThat(attacks()).hasSize(29);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void everyKnownAttackIsRefusedWhenItIsSavedWithLineAndColumn(String name, String code) {
        List<FieldError> errors = faults(text("Hello,\nand  " + code));
        assertThat(errors).isNotEmpty();
        assertThat(errors.getFirst().pointer()).isEqualTo("/content/en/blocks/0/text");
        assertThat(errors.getFirst().detail()).contains("ine 2, column ");
        assertThat(errors.getFirst().line()).isEqualTo(2);
        assertThat(errors.getFirst().column()).isEqualTo(6);
        // In every other place that takes text as well.
        assertThat(
                        CheckContent.faults(
                                Map.of(
                                        "en",
                                        new MailContent(
                                                clipped(code),
                                                clipped(code),
                                                List.of(
                                                        block(BlockType.HEADING, clipped(code)),
                                                        new Block(
                                                                BlockType.BUTTON,
                                                                null,
                                                                clipped(code),
                                                                "https://shop.example/",
                                                                null,
                                                                null)))),
                                BIRTHDAY))
                .extracting(FieldError::pointer)
                .contains(
                        "/content/en/subject",
                        "/content/en/preheader",
                        "/content/en/blocks/0/text",
                        "/content/en/blocks/1/label");
    }

    private static String clipped(String code) {
        return code.length() <= 70 ? code : code.substring(0, 70);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${points}                                             | ",
                "${member.name!\"dear guest\"}, you have ${points}      | ",
                "<#if member.name>Hi ${member.name}<#else>Hi</#if>     | ",
                "<#if tier.name??>${tier.name}</#if>                   | ",
                "a < b, $5, #1, {x}, [y], 100 % & 'more'               | ",
                "${member.name}                                        | default_needed 1:1",
                "<#if member.name>x<#else>${member.name}</#if>         | default_needed 1:26",
                "x ${nothing}                                          | unknown_placeholder 1:3",
                "x ${years}                                            | unknown_placeholder 1:3",
                "<#if points>x                                         | unclosed 1:1",
                "x</#if>                                               | unclosed 1:2",
                "<#else>                                               | unclosed 1:1",
                "<#if points>a<#else>b<#else>c</#if>                   | unclosed 1:22",
                "${member.name!\"${points}\"}                          | not_allowed 1:1",
                "${ points }                                           | not_allowed 1:1",
                "${points                                              | not_allowed 1:1",
                "<#if points == 1>x</#if>                              | not_allowed 1:1",
                "<#if points><#if points><#if points><#if points><#if points><#if points>x | not_allowed 1:61",
            })
    void theThreeFormsAreAllThereIs(String text, String expected) {
        List<String> found =
                faults(text(text)).stream()
                        .map(e -> e.code() + " " + e.line() + ":" + e.column())
                        .toList();
        assertThat(found).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void aBlockSaysWhatItsTypeNeedsAndNothingElse() {
        assertThat(
                        faults(
                                new Block(BlockType.TEXT, null, "label", null, null, null),
                                new Block(
                                        BlockType.BUTTON,
                                        null,
                                        "Go",
                                        "javascript:alert(1)",
                                        null,
                                        null),
                                new Block(
                                        BlockType.BUTTON,
                                        null,
                                        "Go",
                                        "http://a.example",
                                        null,
                                        null),
                                new Block(
                                        BlockType.IMAGE,
                                        null,
                                        null,
                                        "https://tracker.example/p.gif",
                                        "x",
                                        null),
                                new Block(
                                        BlockType.IMAGE,
                                        null,
                                        null,
                                        "https://cdn.shop.example/p.png",
                                        "x",
                                        null)))
                .extracting(e -> e.pointer() + " " + e.code())
                .containsExactly(
                        "/content/en/blocks/0/label not_for_this_type",
                        "/content/en/blocks/0/text required",
                        "/content/en/blocks/1/url invalid_url",
                        "/content/en/blocks/2/url invalid_url",
                        "/content/en/blocks/3/url foreign_picture");
    }

    @Test
    void aMailThatMustNotAdvertiseHoldsNoOffer() {
        Map<String, MailContent> content =
                Map.of(
                        "en",
                        new MailContent(
                                "x",
                                null,
                                List.of(
                                        block(BlockType.VOUCHER, null),
                                        block(BlockType.TEXT, "${voucher.code!\"x\"}"))));
        CheckContent.Use service = new CheckContent.Use("points_expiring", true, Set.of());
        assertThat(CheckContent.faults(content, service))
                .extracting(FieldError::code)
                .containsExactly("not_for_this_kind", "unknown_placeholder");
    }

    @Test
    void filledInTextIsAValueAndNeverReadAgain() throws Exception {
        SafeText text =
                SafeText.parse(
                        "Hi ${member.name!\"you\"}",
                        Placeholders.known("birthday", false),
                        Placeholders.optional());
        assertThat(text.fill(Map.of("member.name", "${points}<#if x>"), 1000))
                .isEqualTo("Hi ${points}<#if x>");
        assertThat(text.fill(Map.of(), 1000)).isEqualTo("Hi you");
        assertThat(text.fill(Map.of("member.name", "x".repeat(9000)), 100)).hasSize(100);
    }

    private static List<FieldError> faults(Block... blocks) {
        return CheckContent.faults(
                Map.of("en", new MailContent("Subject", null, List.of(blocks))), BIRTHDAY);
    }

    private static Block text(String text) {
        return block(BlockType.TEXT, text);
    }

    private static Block block(BlockType type, @Nullable String text) {
        return new Block(type, text, null, null, null, null);
    }
}
