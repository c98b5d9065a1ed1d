package io.regulars.loyalty.publishing;

import io.regulars.loyalty.presets.Preset;
import io.regulars.loyalty.presets.Presets;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Returns;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.function.Function;

@Path("/v1/presets")
@Tag(name = "Program")
@Produces(MediaType.APPLICATION_JSON)
public final class PresetResource {

    private final Presets presets;

    public PresetResource(Presets presets) {
        this.presets = presets;
    }

    @GET
    @AllowedTo(Audience.ANYONE)
    @Returns(value = Preset.class, page = true)
    @Operation(
            summary = "Whole programs ready to use",
            description =
                    "For everybody to see, because one is chosen at signup. Texts are in each language.")
    public Page<Preset> list(@Context PageRequest page) {
        return page.cut(presets.all(), Preset::key, Function.identity());
    }
}
