package io.regulars.engagement.mail;

import io.regulars.engagement.content.FillContent;
import io.regulars.engagement.tracking.ClickLinks;
import io.regulars.engagement.tracking.ClickLinks.Click;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantTx;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds where a counted link leads. The address stands in the message, so nobody can make a link of
 * ours that leads elsewhere.
 */
public final class FollowLink {

    private final TenantDb tenants;
    private final TenantDirectory directory;
    private final ClickLinks links;

    FollowLink(TenantDb tenants, TenantDirectory directory, ClickLinks links) {
        this.tenants = tenants;
        this.directory = directory;
        this.links = links;
    }

    /**
     * @param count whether somebody clicked, and did not only look what is there
     * @return empty for a link that is not ours, or whose mail is forgotten
     */
    public Optional<URI> follow(String token, boolean count) {
        return links.read(token)
                .flatMap(click ->
                        directory
                                .findForMembers(click.tenant(), click.side())
                                .flatMap(side ->
                                        tenants.inTransaction(
                                                side, tx -> target(tx, click, count))));
    }

    private static Optional<URI> target(TenantTx tx, Click click, boolean count) {
        MessageDao dao = new MessageDao(tx);
        Optional<MessageRow> found = dao.find(new MessageId(click.message()));
        Optional<URI> target = found.flatMap(message -> target(message, click.block()));
        if (count && target.isPresent()) {
            MessageRow message = found.orElseThrow();
            // Who has changed their mind since is led on and not counted.
            if (Wishes.of(tx, List.of(message.memberId()))
                    .letsClicksBeCounted(message.memberId())) {
                new MemberMailDao(tx).clicked(message.id());
            }
        }
        return target;
    }

    private static Optional<URI> target(MessageRow message, int block) {
        Map<String, Object> model = message.model();
        if (model == null || !(model.get("content") instanceof Map<?, ?> content)) {
            return Optional.empty();
        }
        List<Map<String, Object>> blocks = FillContent.blocks(content);
        return block < 0 || block >= blocks.size()
                ? Optional.empty()
                : Optional.ofNullable(blocks.get(block).get("target"))
                        .map(target -> URI.create(target.toString()));
    }
}
