package io.regulars.platform.db;

import org.jdbi.v3.core.cache.JdbiCacheBuilder;
import org.jdbi.v3.core.cache.internal.DefaultJdbiCacheBuilder;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Finds the parameters of a statement once for all tenants. The name of the schema is in the text
 * by then, so that JDBI would take a statement for another one with each tenant: with some hundred
 * shops its cache would be of no use, and parsing costs more than the rest of a short statement.
 */
final class TenantSqlParser implements SqlParser {

    /** Stands for any tenant's schema; as an identifier it is none that the registry gives out. */
    private static final String ANY_SCHEMA = "t_" + "0".repeat(26);

    /** More than there are statements, and the combinations that are sent in one round trip. */
    static final JdbiCacheBuilder CACHE = DefaultJdbiCacheBuilder.builder().maxSize(4_000);

    private final SqlParser parser = new ColonPrefixSqlParser(CACHE);

    @Override
    public ParsedSql parse(String sql, StatementContext context) {
        if (!(context.getAttribute(TenantDb.SCHEMA) instanceof String schema)) {
            return parser.parse(sql, context);
        }
        ParsedSql ofAny = parser.parse(sql.replace(schema, ANY_SCHEMA), context);
        return ParsedSql.of(ofAny.getSql().replace(ANY_SCHEMA, schema), ofAny.getParameters());
    }

    @Override
    public String nameParameter(String rawName, StatementContext context) {
        return parser.nameParameter(rawName, context);
    }
}
