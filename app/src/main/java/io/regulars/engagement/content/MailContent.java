package io.regulars.engagement.content;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A mail as a shop wrote it, in one language.
 *
 * @param preheader what a mailbox shows behind the subject; absent: the first lines
 */
public record MailContent(
        @Schema(example = "A treat for your birthday, ${member.name!\"dear guest\"}")
                String subject,
        @Nullable String preheader,
        List<Block> blocks) {

    /** The parts of a mail. */
    public enum BlockType {
        HEADING,
        TEXT,
        BUTTON,
        IMAGE,
        PROGRESS,
        REWARDS,
        VOUCHER,
        DIVIDER
    }

    /** What a progress bar leads to. */
    public enum Goal {
        TIER,
        REWARD
    }

    /**
     * A part of a mail. Which fields mean something depends on the type; the others are refused.
     *
     * @param text of a heading or text; an empty line begins a new paragraph
     * @param label of a button
     * @param url where a button leads, or where a picture is
     * @param alt what a picture shows, for those who do not see it
     * @param goal of a progress bar; absent: the next tier, else the next reward
     */
    @Schema(name = "ContentBlock")
    public record Block(
            BlockType type,
            @Nullable String text,
            @Nullable String label,
            @Nullable String url,
            @Nullable String alt,
            @Nullable Goal goal) {

        String said() {
            return Objects.requireNonNullElse(text, "");
        }
    }
}
