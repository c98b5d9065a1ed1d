/**
 * How a shop signs itself up: asked for, verified by mail, then there with a program, keys and a
 * session. Owns {@code control.signup}. The answer to a signup is the same whether the address is
 * known or not. A verification that is cut short can be repeated with the same link until it has
 * shown the keys, and never makes a second tenant. Each step opens one control transaction; the
 * tenant's side is prepared between two of them.
 */
@NullMarked
package io.regulars.tenancy.signups;

import org.jspecify.annotations.NullMarked;
