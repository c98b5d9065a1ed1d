package io.regulars.edge.pages;

import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.http.Returns;
import io.regulars.tenancy.users.ChangeEmail;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the link that confirms a new e-mail address leads. The button changes it. */
@HtmlFaults
@Path("/e/{token}")
@Produces("text/html; charset=utf-8")
public final class EmailChangePage {

    private final Pages pages;
    private final ChangeEmail changeEmail;

    EmailChangePage(Pages pages, ChangeEmail changeEmail) {
        this.pages = pages;
        this.changeEmail = changeEmail;
    }

    @GET
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response show(
            @PathParam("token") String token,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
        return page(200, acceptLanguage, "asked");
    }

    @POST
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response confirm(
            @PathParam("token") String token,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
        try {
            changeEmail.confirm(token);
            return page(200, acceptLanguage, "done");
        } catch (Problem problem) {
            if (problem.type() == ProblemType.TOKEN_INVALID) {
                return page(422, acceptLanguage, "void");
            }
            throw problem;
        }
    }

    private Response page(int status, @Nullable String acceptLanguage, String state) {
        return pages.answer(
                status, Language.asked(acceptLanguage), "email_change", Map.of("state", state));
    }
}
