/** What tests share: a real database, a running service, the CDNOW data. */
package io.regulars.testing;
