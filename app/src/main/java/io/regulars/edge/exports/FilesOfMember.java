package io.regulars.edge.exports;

import io.regulars.loyalty.members.CopiesOfMember;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.TenantTx;
import java.util.List;

/**
 * The lines that tell of a member in files written before an erasure: no file is worth looking for
 * them, so all that may have some are dropped, and those being written begin anew.
 */
public final class FilesOfMember implements CopiesOfMember {

    @Override
    public String name() {
        return "export_files";
    }

    @Override
    public void forget(TenantTx tx, List<MemberId> members) {
        new ExportDao(tx).dropPersonal();
    }
}
