package io.steadfast.samples.storefront.services;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Breaks and mends the services inside, for the page at {@code /}. The first push of a button stops the script. */
@RestController
@ConditionalOnProperty(name = "services", havingValue = "inside", matchIfMissing = true)
@RequestMapping("/services")
class Buttons {

    private final PretendServices services;

    private final @Nullable ScriptedTrouble script;

    Buttons(PretendServices services, @Nullable ScriptedTrouble script) {
        this.services = services;
        this.script = script;
    }

    @GetMapping
    State state() {
        return new State(
                script != null && !script.isPaused(),
                Arrays.stream(Mood.values()).map(Choice::of).toList(),
                Arrays.stream(Service.values())
                        .map(service -> new Line(
                                lower(service), lower(services.of(service).mood())))
                        .toList());
    }

    @PostMapping("/{service}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void become(@PathVariable String service, @RequestParam String mood) {
        Service changed = named(Service.class, service);
        Mood wanted = named(Mood.class, mood);
        if (script != null) {
            script.pause(true);
        }
        services.of(changed).become(wanted);
    }

    /** Mends all of them; the script goes on if there is one. */
    @PostMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void mend(@RequestParam boolean script) {
        for (Service service : Service.values()) {
            services.of(service).become(Mood.WELL);
        }
        if (this.script != null) {
            this.script.pause(!script);
        }
    }

    private static <E extends Enum<E>> E named(Class<E> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> lower(constant).equals(name))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.BAD_REQUEST, "There is no " + name));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * What the page shows.
     *
     * @param scripted whether the script decides
     * @param moods how a service can behave
     * @param services how each behaves now
     */
    record State(boolean scripted, List<Choice> moods, List<Line> services) {}

    /**
     * A button.
     *
     * @param mood its name
     * @param text what it does
     */
    record Choice(String mood, String text) {

        static Choice of(Mood mood) {
            return new Choice(lower(mood), mood.toString());
        }
    }

    /**
     * A service.
     *
     * @param name its name
     * @param mood how it behaves
     */
    record Line(String name, String mood) {}
}
