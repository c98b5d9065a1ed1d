package io.regulars.engagement.mail;

import io.regulars.engagement.law.MailLaws;
import io.regulars.platform.db.TenantDb;
import io.regulars.tenancy.tenants.TenantDirectory;

/** What members answer to mails, by the links in them. */
public record MemberAnswers(
        ConfirmConsent confirmConsent, StopAdvertising stopAdvertising, FollowLink followLink) {

    public static MemberAnswers of(
            TenantDb tenants, TenantDirectory directory, MailLaws laws, MemberLinks links) {
        return new MemberAnswers(
                new ConfirmConsent(tenants, directory, links.consent()),
                new StopAdvertising(laws),
                new FollowLink(tenants, directory, links.clicks()));
    }
}
