package io.steadfast.drills.service;

import java.util.concurrent.TimeUnit;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Knows how many are left. */
@RestController
class Stock {

    private static final long USUAL_MILLIS = 5;

    private static final long SLOW_MILLIS = 300;

    private volatile Mood mood = Mood.WELL;

    void feel(Mood next) {
        mood = next;
    }

    @GetMapping("/stock/{id}")
    ResponseEntity<String> left(@PathVariable("id") int id) throws InterruptedException {
        Mood now = mood;
        TimeUnit.MILLISECONDS.sleep(now == Mood.SLOW ? SLOW_MILLIS : USUAL_MILLIS);
        return now == Mood.ERRS
                ? ResponseEntity.internalServerError().body("a bug")
                : ResponseEntity.ok(String.valueOf(id % 7));
    }
}
