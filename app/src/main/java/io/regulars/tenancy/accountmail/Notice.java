package io.regulars.tenancy.accountmail;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A short mail whose words stand in {@code account-notices.yml}.
 *
 * @param values what is filled into them
 * @param link where to do something about it
 */
public record Notice(Locale locale, Map<String, String> values, @Nullable URI link) {}
