/**
 * What the owner looks at: how the program does, as JSON, CSV and charts; the goals the owner has
 * set; the letter once a month. Owns no tables but the row {@code goals} of {@code setting}; reads
 * purchases, vouchers, messages, campaigns and activities, and asks the ledger for sums of points.
 * Every figure is counted anew when it is asked for, in one transaction, so that all figures of a
 * report are of one moment. {@code docs/reports.md} has each one's formula.
 */
@NullMarked
package io.regulars.edge.reports;

import org.jspecify.annotations.NullMarked;
