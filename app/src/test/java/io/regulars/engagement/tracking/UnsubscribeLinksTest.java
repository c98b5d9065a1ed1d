package io.regulars.engagement.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.engagement.tracking.UnsubscribeLinks.Recipient;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.ids.TypeIds;
import io.regulars.platform.secrets.Purpose;
import io.regulars.platform.secrets.SecretText;
import io.regulars.platform.secrets.Signer;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnsubscribeLinksTest {

    private static final Signer SIGNER = new Signer(new SecretText("a key that only tests have"));
    private final UnsubscribeLinks links =
            new UnsubscribeLinks(SIGNER, URI.create("https://shops.example/"));

    @ParameterizedTest
    @EnumSource
    void aLinkNamesShopSideAndMember(Side side) {
        TenantRef shop = shop(side);
        MemberId member = MemberId.next();
        URI link = links.sign(shop, member);
        assertThat(link.toString()).startsWith("https://shops.example/u/").hasSizeLessThan(110);
        assertThat(links.read(token(link))).contains(new Recipient(shop.id(), side, member));
    }

    @Test
    void theSameLinkIsMadeAgainForTheSameMember() {
        TenantRef shop = shop(Side.LIVE);
        MemberId member = MemberId.next();
        assertThat(links.sign(shop, member)).isEqualTo(links.sign(shop, member));
    }

    @Test
    void nothingElseIsRead() {
        String token = token(links.sign(shop(Side.LIVE), MemberId.next()));
        String payload = SIGNER.verify(Purpose.UNSUBSCRIBE, token, Instant.EPOCH).orElseThrow();
        for (String wrong :
                List.of(
                        "",
                        "x",
                        token.substring(1),
                        SIGNER.sign(Purpose.TRACK_CLICK, payload, Optional.empty()),
                        SIGNER.sign(Purpose.UNSUBSCRIBE, "", Optional.empty()),
                        SIGNER.sign(Purpose.UNSUBSCRIBE, "????", Optional.empty()),
                        SIGNER.sign(Purpose.UNSUBSCRIBE, payload.substring(4), Optional.empty()))) {
            assertThat(links.read(wrong)).as(wrong).isEmpty();
        }
    }

    private static String token(URI link) {
        return link.getPath().substring("/u/".length());
    }

    private static TenantRef shop(Side side) {
        TenantId id = TenantId.next();
        return new TenantRef(
                id, side, TypeIds.format("t", id.uuid()), ZoneOffset.UTC, "VN", Locale.of("vi"));
    }
}
