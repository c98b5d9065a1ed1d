package io.regulars.platform.db;

import java.util.List;
import java.util.UUID;

/**
 * A row of a file that is written piece by piece.
 *
 * @param id by which the next piece goes on
 */
public record Listing(UUID id, List<String> cells) {}
