package io.regulars.tenancy.tenants;

import io.dropwizard.servlets.tasks.Task;
import io.regulars.platform.http.Problem;
import io.regulars.platform.ids.TenantId;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/**
 * Suspends, resumes or deletes a tenant, on the admin port: {@code POST
 * /tasks/tenant-state?tenant=ten_…&state=suspended|active|deleted}.
 */
public final class TenantStateTask extends Task {

    private final TenantStates states;

    public TenantStateTask(TenantStates states) {
        super("tenant-state");
        this.states = states;
    }

    @Override
    public void execute(Map<String, List<String>> parameters, PrintWriter output) {
        TenantId id =
                TenantId.parse(one(parameters, "tenant"))
                        .orElseThrow(
                                () -> new IllegalArgumentException("tenant is an id like ten_…"));
        String state = one(parameters, "state");
        try {
            switch (state) {
                case "suspended" -> states.suspend(id);
                case "active" -> states.resume(id);
                case "deleted" -> states.delete(id);
                default ->
                        throw new IllegalArgumentException("state is suspended, active or deleted");
            }
            output.println(id + " is " + state);
        } catch (Problem problem) {
            throw new IllegalArgumentException(problem.detail(), problem);
        }
    }

    private static String one(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() != 1) {
            throw new IllegalArgumentException("give one " + name);
        }
        return values.getFirst();
    }
}
