package io.regulars.tenancy.plans;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.access.TellOwners;
import io.regulars.tenancy.accountmail.Notice;
import io.regulars.tenancy.accountmail.NoticeSource;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells owners by mail when four fifths of a limit are used, and when all of it is: of mails once a
 * month, of members once for each limit.
 */
public final class WarnOfLimits {

    private static final int SOON_PERCENT = 80;
    private static final int FULL_PERCENT = 100;

    private final ControlDb control;
    private final Clock clock;
    private final Entitlements entitlements;
    private final Usage usage;
    private final TellOwners tellOwners;

    public WarnOfLimits(
            ControlDb control,
            Clock clock,
            Entitlements entitlements,
            Usage usage,
            TellOwners tellOwners) {
        this.control = control;
        this.clock = clock;
        this.entitlements = entitlements;
        this.usage = usage;
        this.tellOwners = tellOwners;
    }

    /** Looks at a live side. */
    public void look(TenantRef side) {
        Plan.Limits limits = entitlements.limits(side.id());
        Long members = limits.members();
        if (members != null) {
            judge(side, "members", usage.members(side), members, Long.toString(members));
        }
        Long mails = limits.mailsPerMonth();
        if (mails != null) {
            String month = usage.month().toString();
            judge(side, "mails", usage.mails(side, usage.month()), mails, month);
        }
    }

    private void judge(TenantRef side, String what, long used, long limit, @Nullable String span) {
        int percent =
                used >= limit
                        ? FULL_PERCENT
                        : used * FULL_PERCENT >= limit * SOON_PERCENT ? SOON_PERCENT : 0;
        if (percent == 0) {
            return;
        }
        String key = "limit " + what + " " + span + " " + percent;
        boolean first =
                control.inTransaction(
                        handle -> new ToldOwnersDao(handle).first(side.id(), key, clock.now()));
        if (first) {
            String kind = percent == FULL_PERCENT ? "limit_reached" : "limit_near";
            tellOwners.notice(side.id(), kind, side.id() + "|" + what + "|" + used + "|" + limit);
        }
    }

    /** The mails. */
    public List<NoticeSource> notices(TenantDirectory directory) {
        return List.of(source("limit_near", directory), source("limit_reached", directory));
    }

    private NoticeSource source(String kind, TenantDirectory directory) {
        return new NoticeSource() {
            @Override
            public String kind() {
                return kind;
            }

            @Override
            public Optional<Notice> notice(String recipient, String about) {
                String[] parts = about.split("\\|", -1);
                return TenantId.parse(parts[0])
                        .flatMap(directory::tenant)
                        .map(tenant ->
                                new Notice(
                                        tenant.locale(),
                                        Map.of(
                                                "business_name",
                                                tenant.businessName(),
                                                "what",
                                                word(parts[1], tenant.locale().getLanguage()),
                                                "used",
                                                parts[2],
                                                "limit",
                                                parts[3]),
                                        URI.create(entitlements.upgradeUrl())));
            }
        };
    }

    private static String word(String what, String language) {
        boolean vi = language.equals("vi");
        return what.equals("members")
                ? (vi ? "thành viên" : "members")
                : (vi ? "thư trong tháng này" : "mails this month");
    }
}
