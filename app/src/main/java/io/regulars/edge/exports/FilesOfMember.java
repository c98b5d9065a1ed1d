package io.regulars.edge.exports;

import io.regulars.loyalty.members.Belongings;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.TenantTx;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The lines that tell of a member in files written before an erasure: no file is worth looking for
 * them, so all that may have some are dropped, and those being written begin anew.
 */
public final class FilesOfMember implements Belongings {

    @Override
    public String name() {
        return "export_files";
    }

    @Override
    public boolean isCopy() {
        return true;
    }

    @Override
    public List<UUID> move(TenantTx tx, MemberId from, MemberId to) {
        return List.of();
    }

    @Override
    public void moveBack(TenantTx tx, MemberId from, MemberId to, List<UUID> ids) {
        // Nothing moved.
    }

    @Override
    public void forget(TenantTx tx, List<MemberId> members) {
        new ExportDao(tx).dropPersonal();
    }

    @Override
    public List<Map<String, Object>> export(TenantTx tx, MemberId member) {
        return List.of();
    }
}
