package io.regulars.loyalty.presets;

import io.regulars.loyalty.program.LocalText;

/**
 * What is said of a preset to somebody who chooses one.
 *
 * @param key the name of its file
 * @param goodFor for which shops it is made
 * @param currency in which its numbers are given
 */
public record Preset(
        String key, LocalText name, LocalText description, LocalText goodFor, String currency) {}
