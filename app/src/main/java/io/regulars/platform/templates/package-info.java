/**
 * Our own mail templates: Freemarker files of {@code email-templates/} on the class path, rendered
 * to subject, HTML and text in the reader's language.
 *
 * <p>Owns no tables. What holds here: a missing value fails the rendering and never leaves a gap in
 * a mail; values are data, so that no name can bring markup, template code or a second line into a
 * subject; dates and numbers come as finished texts, because only the caller knows the shop's zone
 * and habits. What tenants write is not rendered here.
 */
@NullMarked
package io.regulars.platform.templates;

import org.jspecify.annotations.NullMarked;
