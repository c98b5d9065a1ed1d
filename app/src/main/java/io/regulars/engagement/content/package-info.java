/**
 * What shops write themselves in their campaigns' mails. Owns no tables: it stands in the
 * definition of {@code campaign}.
 *
 * <p>It is content and never a template. A text may hold {@code ${path}}, {@code ${path!"default"}}
 * and {@code <#if path>…<#else>…</#if>}, with paths from a list; anything else that looks like code
 * is refused when it is saved, with line and column. The text is read by a parser of our own that
 * knows these three forms and nothing else, and what comes out of it is a value for our templates,
 * which escape it like every other value. So there is nothing to break out of: no call, no loop, no
 * assignment exists in it.
 */
@NullMarked
package io.regulars.engagement.content;

import org.jspecify.annotations.NullMarked;
