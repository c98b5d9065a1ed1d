package io.regulars.platform.smtp;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What became of a mail at the relay. */
public sealed interface Handover {

    /** The relay took the mail and answers for it from here on. */
    record Accepted(String reply) implements Handover {}

    /** The relay said no for good (5xx). The stage tells which step it answered. */
    record Refused(int code, String reply, Stage stage) implements Handover {

        /**
         * Whether the recipient's address does not work, and will not. Where a recipient is
         * refused, the fault may be the sender's all the same, or a full mailbox's.
         */
        public boolean isForTheAddress() {
            return stage == Stage.RECIPIENT && StatusCode.isHard(code, reply);
        }
    }

    /**
     * The mail was surely not taken and may be tried again: a 4xx code, or none when the relay
     * could not be talked to.
     *
     * @param stage the step it answered; null where it had not come to a mail
     */
    record Deferred(OptionalInt code, String reason, @Nullable Stage stage) implements Handover {

        public Deferred(OptionalInt code, String reason) {
            this(code, reason, null);
        }

        /** Whether it may be the recipient's side that spoke, and not the relay for itself. */
        public boolean isAboutTheRecipient() {
            return stage != null && stage != Stage.SENDER;
        }
    }

    /** The whole mail was written and no answer came: the relay may or may not have taken it. */
    record Unknown(String reason) implements Handover {}

    /** The step of the dialogue a refusal answered. */
    enum Stage {
        SENDER,
        RECIPIENT,
        DATA,
        CONTENT
    }
}
