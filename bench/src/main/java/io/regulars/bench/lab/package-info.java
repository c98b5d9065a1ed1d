/**
 * What every measurement needs: a PostgreSQL that keeps what it confirmed, services as processes of
 * the built jar, shops signed up over the public API, a load of N connections. All of it listens on
 * loopback, lives in one directory, and ends with the {@link io.regulars.bench.lab.Lab} or with
 * this process.
 */
@NullMarked
package io.regulars.bench.lab;

import org.jspecify.annotations.NullMarked;
