package io.regulars.engagement.mail;

import io.regulars.engagement.tracking.AnswerLinks;
import io.regulars.engagement.tracking.ClickLinks;
import io.regulars.engagement.tracking.UnsubscribeLinks;
import io.regulars.platform.secrets.Signer;
import java.net.URI;

/** The links that stand in members' mail. */
public record MailLinks(UnsubscribeLinks unsubscribe, ClickLinks clicks, AnswerLinks answers) {

    /**
     * @param publicUrl under which the members' browsers reach the service
     */
    public static MailLinks of(Signer signer, URI publicUrl) {
        return new MailLinks(
                new UnsubscribeLinks(signer, publicUrl),
                new ClickLinks(signer, publicUrl),
                new AnswerLinks(signer, publicUrl));
    }
}
