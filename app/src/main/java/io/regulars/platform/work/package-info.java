/**
 * Lanes: which tenant has work in which queue, and when. Work itself lives in the tenants' schemas;
 * a lane only says that there is some. Workers claim the longest-unserved due lanes, serve a
 * bounded slice, and put the lane back, so no tenant can starve another. Owns {@code control.lane}.
 */
@NullMarked
package io.regulars.platform.work;

import org.jspecify.annotations.NullMarked;
