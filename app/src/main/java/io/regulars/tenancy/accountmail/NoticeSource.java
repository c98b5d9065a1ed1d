package io.regulars.tenancy.accountmail;

import java.util.Optional;

/** Knows what one kind of notice has to say, at the time of sending. */
public interface NoticeSource {

    /** The kind, which is its name in {@code account-notices.yml}. */
    String kind();

    /**
     * The notice.
     *
     * @param recipient the address it goes to
     * @param about the id of what it is about
     * @return empty when there is nothing to say any more, or nobody to say it to
     */
    Optional<Notice> notice(String recipient, String about);
}
