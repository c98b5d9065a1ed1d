package io.regulars.engagement.mail;

import io.regulars.engagement.law.MailLaws;
import io.regulars.platform.db.TenantDb;
import io.regulars.tenancy.tenants.TenantDirectory;

/** What members answer to mails, by the links in them. */
public record MailAnswers(StopAdvertising stopAdvertising, FollowLink followLink) {

    public static MailAnswers of(
            TenantDb tenants, TenantDirectory directory, MailLaws laws, MailLinks links) {
        return new MailAnswers(
                new StopAdvertising(laws), new FollowLink(tenants, directory, links.clicks()));
    }
}
