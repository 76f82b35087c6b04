package io.github.imagehost.cli.terminal;

import io.github.imagehost.core.ImageNotFoundException;
import io.github.imagehost.core.access.credential.GuestOwnerException;
import io.github.imagehost.core.bulk.JournalException;
import io.github.imagehost.core.dedup.UploadBusyException;
import io.github.imagehost.core.fetch.FetchException;
import io.github.imagehost.core.intake.refusal.UploadRefusedException;
import io.github.imagehost.core.model.Retryable;
import io.github.imagehost.core.port.access.NameTakenException;
import io.github.imagehost.core.port.album.AlbumNameTakenException;
import io.github.imagehost.core.port.album.TooManyAlbumsException;
import io.github.imagehost.core.port.album.TooManyTagsException;
import io.github.imagehost.core.port.repository.failure.QuotaExceededException;
import io.github.imagehost.core.port.store.StoreFullException;
import io.github.imagehost.core.settings.SettingsException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an exception means to whoever gave the command.
 *
 * @param exitCode what the command ends with
 * @param code what programs tell errors apart by, the same as the service's where it has the same error
 * @param message one sentence
 */
public record Failure(ExitCode exitCode, String code, String message) {

    /** What to tell of an exception. */
    public static Failure of(Throwable exception) {
        if (exception instanceof UploadRefusedException refusal) {
            return because(ExitCode.NOT_DONE, refusal.code(), exception);
        }
        if (exception instanceof ImageNotFoundException) {
            return because(ExitCode.NOT_DONE, "image_not_found", exception);
        }
        if (exception instanceof NotFoundException missing) {
            return because(ExitCode.NOT_DONE, missing.code(), exception);
        }
        if (exception instanceof NameTakenException) {
            return because(ExitCode.NOT_DONE, "name_taken", exception);
        }
        if (exception instanceof GuestOwnerException) {
            return because(ExitCode.NOT_DONE, "guest_owner", exception);
        }
        if (exception instanceof AlbumNameTakenException) {
            return because(ExitCode.NOT_DONE, "album_name_taken", exception);
        }
        if (exception instanceof TooManyAlbumsException) {
            return because(ExitCode.NOT_DONE, "too_many_albums", exception);
        }
        if (exception instanceof TooManyTagsException) {
            return because(ExitCode.NOT_DONE, "too_many_tags", exception);
        }
        if (exception instanceof QuotaExceededException) {
            return because(ExitCode.NOT_DONE, "quota_exceeded", exception);
        }
        if (exception instanceof ServiceException told) {
            return because(told.exitCode(), told.code(), exception);
        }
        if (exception instanceof ServiceUnavailableException away) {
            return new Failure(ExitCode.UNAVAILABLE, away.code(), withRootCause(exception));
        }
        if (exception instanceof UploadBusyException) {
            return because(ExitCode.UNAVAILABLE, "upload_busy", exception);
        }
        if (exception instanceof JournalException) {
            return because(ExitCode.NOT_DONE, "journal_unusable", exception);
        }
        if (exception instanceof FetchException unfetched) {
            return because(ExitCode.NOT_DONE, unfetched.code(), exception);
        }
        if (exception instanceof IOException unreadable) {
            return new Failure(ExitCode.NOT_DONE, "file_unreadable", reason(unreadable));
        }
        if (exception instanceof SettingsException) {
            // a server that does not answer may be down today; the message still names the setting
            boolean unreachable = causes(exception).anyMatch(Failure::isConnectionFailure);
            return unreachable
                    ? because(ExitCode.UNAVAILABLE, "service_unavailable", exception)
                    : because(ExitCode.SETTINGS, "settings_wrong", exception);
        }
        if (exception instanceof StoreFullException) {
            return new Failure(ExitCode.UNAVAILABLE, "store_full", withRootCause(exception));
        }
        if (exception instanceof Retryable) {
            return new Failure(ExitCode.UNAVAILABLE, "service_unavailable", withRootCause(exception));
        }
        return new Failure(ExitCode.INTERNAL, "internal_error", withRootCause(exception));
    }

    private static Failure because(ExitCode exitCode, String code, Throwable exception) {
        return new Failure(exitCode, code, textOf(exception));
    }

    private static boolean isConnectionFailure(Throwable exception) {
        return exception instanceof SocketException
                || exception instanceof SocketTimeoutException
                || exception instanceof UnknownHostException;
    }

    private static String reason(IOException exception) {
        if (exception instanceof NoSuchFileException) {
            return "There is no such file";
        }
        if (exception instanceof AccessDeniedException) {
            return "The file may not be read";
        }
        return exception instanceof FileSystemException failure && failure.getReason() != null
                ? "The file can't be read: " + failure.getReason()
                : "The file can't be read: " + textOf(exception);
    }

    private static String withRootCause(Throwable exception) {
        String text = textOf(exception);
        return causes(exception)
                .skip(1)
                .reduce((outer, inner) -> inner)
                .map(Failure::textOf)
                .filter(root -> !text.contains(root))
                .map(root -> text + ": " + root)
                .orElse(text);
    }

    /** The exception, its cause, the cause of that, and so on. */
    private static Stream<Throwable> causes(Throwable exception) {
        return Stream.iterate(Optional.of(exception), Optional::isPresent, current -> current.map(Throwable::getCause))
                .flatMap(Optional::stream);
    }

    private static String textOf(Throwable exception) {
        return Optional.ofNullable(exception.getMessage())
                .orElseGet(() -> exception.getClass().getSimpleName());
    }
}
