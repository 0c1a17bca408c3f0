<?php
/**
 * Tells the server of each post that was published, changed or withdrawn, until it was heard.
 *
 * A change is written down with the post and sent by WordPress's own clock, so that an editor who
 * saves never waits for the server, and what was not heard is sent again.
 */

namespace DiveDeeper;

defined( 'ABSPATH' ) || exit;

final class Changes {

	const WAITING       = 'divedeeper_waiting'; // post id => tries so far
	const ID            = '_divedeeper_id';
	const EVENT         = 'divedeeper_send';
	const LONGEST_WAIT  = 3600;
	const POSTS_OF_TURN = 50;

	public static function register(): void {
		add_action( 'wp_after_insert_post', array( self::class, 'on_saved' ), 20, 1 );
		add_action( 'wp_trash_post', array( self::class, 'on_saved' ), 20, 1 );
		add_action( 'before_delete_post', array( self::class, 'on_deleted' ), 20, 1 );
		add_action( self::EVENT, array( self::class, 'send_waiting' ) );
	}

	public static function waiting(): array {
		$found = get_option( self::WAITING );
		return is_array( $found ) ? $found : array();
	}

	public static function unschedule(): void {
		wp_clear_scheduled_hook( self::EVENT );
	}

	public static function on_saved( int $post_id ): void {
		$post = get_post( $post_id );
		if ( $post && self::concerns( $post ) ) {
			self::write_down( $post_id, array( 'tries' => 0 ) );
		}
	}

	/** After this the post and its id are gone: what is to be withdrawn is written down whole. */
	public static function on_deleted( int $post_id ): void {
		$id = get_post_meta( $post_id, self::ID, true );
		if ( is_string( $id ) && '' !== $id ) {
			self::write_down( $post_id, array( 'tries' => 0, 'delete' => $id ) );
		}
	}

	/** Send what waits; what is not heard waits on, longer from time to time. */
	public static function send_waiting(): void {
		$settings = Settings::all();
		if ( '' === $settings['server'] || '' === $settings['key'] ) {
			return;
		}
		foreach ( array_slice( self::waiting(), 0, self::POSTS_OF_TURN, true ) as $post_id => $change ) {
			$status = self::send( (int) $post_id, $change );
			$now    = self::waiting();
			if ( ( $now[ $post_id ] ?? null ) !== $change ) {
				continue; // it changed again meanwhile
			}
			if ( self::heard( $status ) ) {
				unset( $now[ $post_id ] );
			} else {
				++$now[ $post_id ]['tries'];
			}
			update_option( self::WAITING, $now, false );
			if ( ! self::heard( $status ) && ( 0 === $status || $status >= 500 || 429 === $status ) ) {
				break; // the others would wait for the same
			}
		}
		self::schedule();
	}

	private static function concerns( \WP_Post $post ): bool {
		if ( wp_is_post_revision( $post ) || wp_is_post_autosave( $post ) ) {
			return false;
		}
		$known = '' !== (string) get_post_meta( $post->ID, self::ID, true );
		return in_array( $post->post_type, Settings::all()['post_types'], true ) && ( $known || self::is_public( $post ) );
	}

	private static function is_public( \WP_Post $post ): bool {
		return 'publish' === $post->post_status && '' === $post->post_password;
	}

	private static function write_down( int $post_id, array $change ): void {
		$change['number'] = wp_generate_uuid4(); // tells one save from the next
		update_option( self::WAITING, array( $post_id => $change ) + self::waiting(), false );
		self::unschedule(); // one that waits long for a server that was away
		self::schedule();
	}

	private static function schedule(): void {
		$waiting = self::waiting();
		if ( $waiting && ! wp_next_scheduled( self::EVENT ) ) {
			$tries = min( array_column( $waiting, 'tries' ) );
			wp_schedule_single_event( time() + ( $tries ? min( self::LONGEST_WAIT, 30 * 2 ** min( $tries, 8 ) ) : 0 ), self::EVENT );
		}
	}

	/** 2xx, or 404 where what is withdrawn was not there. */
	private static function heard( int $status ): bool {
		return ( $status >= 200 && $status < 300 ) || 404 === $status;
	}

	private static function send( int $post_id, array $change ): int {
		$post = get_post( $post_id );
		$id   = (string) ( $change['delete'] ?? get_post_meta( $post_id, self::ID, true ) );
		if ( isset( $change['delete'] ) || ! $post ) {
			return '' === $id ? 404 : self::withdraw( $id, '' );
		}
		if ( ! self::is_public( $post ) ) {
			return '' === $id ? 404 : self::withdraw( $id, '?keep=true' );
		}
		if ( '' === $id ) {
			$id = self::id_for( $post );
			if ( null === $id ) {
				return 0;
			}
			update_post_meta( $post_id, self::ID, $id );
		}
		$article = Article::of( $post );
		list( $status ) = Server::send( 'PUT', '/v1/articles/' . rawurlencode( $id ), $article, Server::WRITE_SECONDS );
		return $status;
	}

	private static function withdraw( string $id, string $query ): int {
		list( $status ) = Server::send( 'DELETE', '/v1/articles/' . rawurlencode( $id ) . $query, null, Server::WRITE_SECONDS );
		return $status;
	}

	/** The id that the archive has for the post's address, else one that no other article has; null: not known now. */
	private static function id_for( \WP_Post $post ): ?string {
		$query = http_build_query( array( 'url' => get_permalink( $post ), 'questions' => 0, 'related' => 0 ) );
		list( $status, $body ) = Server::send( 'GET', '/v1/next?' . $query, null, Server::WRITE_SECONDS );
		if ( 200 === $status ) {
			$found = json_decode( $body, true );
			return is_string( $found['article_id'] ?? null ) ? $found['article_id'] : null;
		}
		if ( 404 !== $status ) {
			return null;
		}
		$slug = '' === $post->post_name ? 'post' : urldecode( $post->post_name );
		list( $status ) = Server::send( 'GET', '/v1/articles/' . rawurlencode( $slug ), null, Server::WRITE_SECONDS );
		if ( 404 === $status ) {
			return $slug;
		}
		return 200 === $status ? $slug . '-' . $post->ID : null;
	}
}
