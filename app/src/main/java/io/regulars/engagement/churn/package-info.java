/**
 * Who has probably gone, told by each member's own rhythm: somebody who came every week and has
 * been silent for a month is another case than somebody who comes twice a year. Owns no table: what
 * the latest night learned is a row of {@code setting} under {@code churn}. {@link
 * io.regulars.engagement.churn.FitChurn} opens its own transactions; all else is arithmetic on days
 * of purchase.
 *
 * <p>The model is MBG/NBD (Batislam, Denizel and Filiztekin 2007; Hoppe and Wagner 2007): each
 * member buys at a pace of their own, may leave for good after any purchase, the first one
 * included, and paces and chances of leaving differ between members as gamma and beta distributions
 * do. Four numbers describe a shop. They are fitted to the shop's own members, or taken from {@link
 * ChurnModel#PLATFORM} while there are too few repeat buyers. All times are in weeks.
 */
@NullMarked
package io.regulars.engagement.churn;

import org.jspecify.annotations.NullMarked;
