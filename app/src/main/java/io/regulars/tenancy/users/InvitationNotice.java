package io.regulars.tenancy.users;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.secrets.Purpose;
import io.regulars.platform.secrets.Signer;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.access.Role;
import io.regulars.tenancy.accountmail.AccountLinks;
import io.regulars.tenancy.accountmail.AccountNotices;
import io.regulars.tenancy.accountmail.Notice;
import io.regulars.tenancy.accountmail.NoticeSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The mail with the link that makes somebody a colleague. */
public final class InvitationNotice implements NoticeSource {

    static final String KIND = "invitation";

    private final ControlDb control;
    private final Clock clock;
    private final Signer signer;
    private final AccountLinks links;

    public InvitationNotice(ControlDb control, Clock clock, Signer signer, AccountLinks links) {
        this.control = control;
        this.clock = clock;
        this.signer = signer;
        this.links = links;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Optional<Notice> notice(String recipient, String about) {
        return InvitationId.parse(about)
                .flatMap(id ->
                        control.inTransaction(
                                handle -> new InvitationDao(handle).lock(id, clock.now())))
                .filter(invited -> invited.email().equals(recipient))
                .map(this::notice);
    }

    private Notice notice(InvitationDao.Invited invited) {
        Locale locale = AccountNotices.locale(invited.locale());
        String token =
                signer.sign(
                        Purpose.ACCEPT_INVITATION,
                        invited.id().toString(),
                        Optional.of(invited.expiresAt()));
        return new Notice(
                locale,
                Map.of(
                        "business_name",
                        invited.businessName(),
                        "role",
                        word(invited.role(), locale)),
                links.invitation(token));
    }

    /** The role in the reader's words. */
    public static String word(Role role, Locale locale) {
        boolean vi = locale.getLanguage().equals("vi");
        return switch (role) {
            case OWNER -> vi ? "chủ cửa hàng" : "owner";
            case MARKETER -> vi ? "tiếp thị" : "marketer";
            case CASHIER -> vi ? "thu ngân" : "cashier";
            case VIEWER -> vi ? "chỉ xem" : "viewer";
        };
    }
}
