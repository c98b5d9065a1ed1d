package io.regulars.edge.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regulars.platform.db.TenantRef;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/**
 * What must come out of the till's lines, computed by the database from the lines themselves: of
 * the converter it takes only which invoice a cancellation belongs to, and checks that too.
 */
final class RetailTruth {

    private static final String LINES =
            """
            create table truth.line as
            select line, invoice, stock, quantity, split_part(customer, '.', 1) as member,
                   (round(quantity * price, 2) * 100)::bigint as pence,
                   sum(starts::int) over (partition by invoice order by line) as run
              from (select r.*, invoice is distinct from lag(invoice) over (order by line) as starts
                      from truth.raw r) r;

            create table truth.purchase as
            select invoice, min(member) as member, min(line) as line, sum(pence)::bigint as pence, count(*) as rows
              from truth.line
             where invoice ~ '^[0-9]' and run = 1
             group by invoice
            having count(*) <= 10000 and min(quantity) >= 1;

            create table truth.refund as
            select l.invoice, o.invoice as original, min(l.line) as line, min(l.member) as member,
                   -sum(l.pence)::bigint as pence, count(*) as rows
              from truth.line l join truth.original o using (line) join truth.purchase p on p.invoice = o.invoice
             group by l.invoice, o.invoice;

            create index on truth.line (member, stock, line);
            create index on truth.line (line);
            create index on truth.line (invoice, stock);
            create index on truth.original (invoice);
            analyze truth.line, truth.original;
            """;

    /** What became of each purchase, in the order in which the import took them. */
    private static final String BOOK =
            """
            create table truth.book (
                invoice text primary key, member text, base bigint, points bigint, share bigint,
                refunded bigint, reversed bigint, undone bigint);

            do $$
            declare
                e record; b record; current text := ''; carry bigint; steps bigint; back bigint; reversed_ bigint;
                undone_ bigint;
            begin
                for e in
                    select p.member, q.recorded_at, 1 as kind, p.line, p.invoice, p.pence
                      from truth.purchase p join <shop>.purchase q on q.order_id = p.invoice
                     where p.member is not null
                    union all
                    select r.member, f.recorded_at, 2, r.line, r.original, r.pence
                      from truth.refund r join <shop>.purchase q on q.order_id = r.original
                      join <shop>.refund f on f.purchase_id = q.id and f.refund_id = r.invoice
                     order by 1, 2, 3, 4
                loop
                    if e.member <> current then
                        current := e.member;
                        carry := 0;
                    end if;
                    if e.kind = 1 then
                        steps := greatest(0, floor((e.pence + carry) / 100.0));
                        insert into truth.book
                        values (e.invoice, e.member, e.pence, steps, e.pence - 100 * steps, 0, 0, 0);
                        carry := carry + e.pence - 100 * steps;
                    else
                        select * into strict b from truth.book where invoice = e.invoice;
                        back := b.refunded + e.pence;
                        reversed_ := case when back = b.base then b.points else b.points * back / b.base end;
                        undone_ := case when back = b.base then b.share else b.share * back / b.base end;
                        update truth.book set refunded = back, reversed = reversed_, undone = undone_
                         where invoice = e.invoice;
                        carry := carry - (undone_ - b.undone);
                    end if;
                end loop;
            end $$;
            """;

    /** Members, and all purchases without one, whose sums are not those of the till. */
    private static final String DIFFERENCES =
            """
            with till as (
                select member, sum(net) as net, sum(points) as points, sum(purchases) as purchases, sum(refunds) as refunds
                  from (select member, pence as net, 0 as points, 1 as purchases, 0 as refunds from truth.purchase
                        union all select member, -pence, 0, 0, 1 from truth.refund
                        union all select member, 0, points - reversed, 0, 0 from truth.book) t
                 group by member),
            shop as (
                select m.external_id as member, sum(p.amount - p.refunded) as net,
                       coalesce(max(a.balance), 0) as points, count(*) as purchases,
                       sum((select count(*) from <shop>.refund r where r.purchase_id = p.id)) as refunds
                  from <shop>.purchase p left join <shop>.member m on m.id = p.member_id
                  left join <shop>.account a on a.member_id = p.member_id
                 group by m.external_id)
            select row (t.*, s.*)::text
              from till t full join shop s on coalesce(t.member, '') = coalesce(s.member, '')
             where (t.net, t.points, t.purchases, t.refunds)
                   is distinct from (s.net, s.points, s.purchases, s.refunds)
            """;

    /** Refunds of invoices that are not the customer's, are later, or have not so much left. */
    private static final String WRONG_ORIGINALS =
            """
            select l.line || ' of ' || o.invoice
              from truth.original o join truth.line l using (line)
             where not exists (
                select from truth.line b
                 where b.invoice = o.invoice and b.member = l.member and b.stock = l.stock and b.line < l.line
                having sum(b.quantity) >= (
                    select -sum(c.quantity) from truth.line c join truth.original x using (line)
                     where x.invoice = o.invoice and c.stock = l.stock and c.line <= l.line))
            """;

    /**
     * Cancellations for which a later, or any, invoice would have done: at that moment it had as
     * many left, for as much money.
     */
    private static final String MISSED_ORIGINALS =
            """
            select l.line || ' of ' || b.invoice
              from truth.line l left join truth.original o using (line)
              join lateral (
                select b.invoice, min(b.line) as line, sum(b.quantity) as quantity, sum(b.pence) as pence
                  from truth.line b
                 where b.member = l.member and b.stock = l.stock and b.line < l.line and b.invoice ~ '^[0-9]'
                 group by b.invoice) b on true
              left join lateral (
                select -sum(c.quantity) as quantity, -sum(c.pence) as pence
                  from truth.original x join truth.line c using (line)
                 where x.invoice = b.invoice and c.stock = l.stock and c.line < l.line) taken on true
             where l.invoice like 'C%' and l.member is not null
               and b.quantity - coalesce(taken.quantity, 0) >= -l.quantity
               and b.pence - coalesce(taken.pence, 0) >= -l.pence
               and (o.invoice is null
                    or b.line > (select min(y.line) from truth.line y where y.invoice = o.invoice and y.stock = l.stock))
            """;

    private final Connection connection;

    private RetailTruth(Connection connection) {
        this.connection = connection;
    }

    static RetailTruth load(Connection connection, InputStream raw, Map<Long, String> originals)
            throws SQLException, IOException {
        RetailTruth truth = new RetailTruth(connection);
        truth.run(
                """
                create schema truth;
                create table truth.raw (
                    line bigint generated always as identity (start with 2), invoice text, stock text,
                    description text, quantity int, at timestamp, price numeric, customer text, country text);
                create table truth.original (line bigint primary key, invoice text);
                """);
        truth.copy(
                "raw (invoice, stock, description, quantity, at, price, customer, country)", raw);
        StringBuilder pairs = new StringBuilder("line,invoice\n");
        originals.forEach((line, id) -> pairs.append(line).append(',').append(id).append('\n'));
        truth.copy("original", new ByteArrayInputStream(pairs.toString().getBytes(UTF_8)));
        truth.run(LINES);
        return truth;
    }

    private void copy(String table, InputStream csv) throws SQLException, IOException {
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy truth." + table + " from stdin (format csv, header)", csv);
    }

    /** How many rows of the file can be imported. */
    long importableRows() throws SQLException {
        return Long.parseLong(
                texts(
                                "select sum(rows)::text from (select rows from truth.purchase"
                                        + " union all select rows from truth.refund) t")
                        .getFirst());
    }

    List<String> wrongOriginals() throws SQLException {
        return texts(WRONG_ORIGINALS);
    }

    List<String> missedOriginals() throws SQLException {
        return texts(MISSED_ORIGINALS);
    }

    /** Empty where every member has what the till says. */
    List<String> differences(TenantRef shop) throws SQLException {
        run("drop table if exists truth.book;" + BOOK.replace("<shop>", shop.schema()));
        return texts(DIFFERENCES.replace("<shop>", shop.schema()));
    }

    List<String> texts(String select) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(select)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
