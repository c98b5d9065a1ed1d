package io.regulars.tenancy.access;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.accountmail.AccountMailDao;
import io.regulars.tenancy.accountmail.AccountMailer;
import io.regulars.tenancy.accountmail.AccountNotices;
import org.jspecify.annotations.Nullable;

/** Writes to those who own a shop. */
public final class TellOwners {

    private final ControlDb control;
    private final Clock clock;
    private final AccountMailer mailer;

    public TellOwners(ControlDb control, Clock clock, AccountMailer mailer) {
        this.control = control;
        this.clock = clock;
        this.mailer = mailer;
    }

    /** The address of whoever owns the shop longest. */
    public String first(TenantId tenant) {
        return control.inTransaction(handle -> new UserDao(handle).owners(tenant)).getFirst();
    }

    /**
     * Plans a notice to each owner. Not to be called within a transaction on the shop's data.
     *
     * @param kind of a notice that somebody writes
     * @param about what it is about, as its writer takes it
     */
    public void notice(TenantId tenant, String kind, String about) {
        control.run(handle -> {
            AccountMailDao mails = new AccountMailDao(handle);
            new UserDao(handle)
                    .owners(tenant)
                    .forEach(email -> AccountNotices.plan(mails, kind, email, about, clock.now()));
        });
        mailer.wake();
    }

    /**
     * Plans a mail to each owner. Not to be called within a transaction on the shop's data.
     *
     * @param template of a letter that the mailer knows
     * @param subject the id of what it is about
     */
    public void tell(TenantId tenant, String template, @Nullable String subject) {
        control.run(handle -> {
            AccountMailDao mails = new AccountMailDao(handle);
            new UserDao(handle)
                    .owners(tenant)
                    .forEach(email -> mails.plan(template, email, subject, clock.now()));
        });
        mailer.wake();
    }
}
