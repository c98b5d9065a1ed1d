/**
 * The PostgreSQL that runs inside DATA_DIR for people who have none of their own: durable (fsync
 * on), reachable from this machine only and only with a password. One process owns a DATA_DIR at a
 * time, by a lock on a file in it. This room owns no tables: it makes the database and its two
 * logins, and leaves everything inside to the migrations. It uses the PostgreSQL programs that
 * zonky packs into jars, but not zonky's own start-up code, which is made for tests: that one
 * trusts every connection and switches fsync off.
 */
@NullMarked
package io.regulars.platform.embedded;

import org.jspecify.annotations.NullMarked;
