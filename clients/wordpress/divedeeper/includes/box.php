<?php
/**
 * The box below a post: HTML of the server, kept for some minutes; nothing where it is away.
 */

namespace DiveDeeper;

defined( 'ABSPATH' ) || exit;

final class Box {

	const KEPT_SECONDS    = 300;
	const AWAY_SECONDS    = 60;      // that a server that was away is not asked again
	const LAST_SECONDS    = 86400;   // that the last good box is shown while it is away
	const ALLOWED_TAGS    = array( 'section', 'h2', 'h3', 'ul', 'li', 'a', 'details', 'summary', 'blockquote', 'p', 'span', 'cite' );
	const ALLOWED_ATTRIBS = array(
		'class'      => true,
		'lang'       => true,
		'dir'        => true,
		'href'       => true,
		'aria-label' => true,
	);

	public static function register(): void {
		add_filter( 'the_content', array( self::class, 'append' ), 20 );
		add_shortcode( 'divedeeper', array( self::class, 'shortcode' ) );
		add_action( 'wp_enqueue_scripts', array( self::class, 'enqueue' ) );
		add_filter( 'script_loader_tag', array( self::class, 'make_async' ), 10, 2 );
	}

	/** Append the box to the content of the page's own post, unless a shortcode places it. */
	public static function append( string $content ): string {
		$shown = is_singular( Settings::all()['post_types'] ) && in_the_loop() && is_main_query();
		if ( ! $shown || post_password_required() || has_shortcode( (string) get_post()->post_content, 'divedeeper' ) ) {
			return $content;
		}
		return $content . self::html( get_post() );
	}

	public static function shortcode(): string {
		$post = get_post();
		return $post && 'publish' === $post->post_status && ! post_password_required( $post ) ? self::html( $post ) : '';
	}

	/** The box of a post, or an empty text. */
	public static function html( \WP_Post $post ): string {
		$settings = Settings::all();
		if ( '' === $settings['server'] || 'publish' !== $post->post_status ) {
			return '';
		}
		$inner = self::fragment( (string) get_permalink( $post ), $settings );
		if ( ! $settings['widget'] ) {
			return $inner;
		}
		return sprintf(
			'<dive-deeper url="%s" questions="%d" related="%d">%s</dive-deeper>',
			esc_url( (string) get_permalink( $post ) ),
			$settings['questions'],
			$settings['related'],
			$inner
		);
	}

	public static function enqueue(): void {
		$settings = Settings::all();
		if ( $settings['widget'] && '' !== $settings['server'] && is_singular( $settings['post_types'] ) ) {
			wp_enqueue_script( 'divedeeper', $settings['server'] . '/widget.js', array(), null, true );
		}
	}

	public static function make_async( string $tag, string $handle ): string {
		return 'divedeeper' === $handle ? str_replace( ' src=', ' async src=', $tag ) : $tag;
	}

	private static function fragment( string $address, array $settings ): string {
		$query = http_build_query(
			array(
				'url'       => $address,
				'questions' => $settings['questions'],
				'related'   => $settings['related'],
			)
		);
		$name  = 'divedeeper_' . md5( $settings['server'] . '?' . $query );
		$kept  = get_transient( $name );
		if ( is_string( $kept ) ) {
			return $kept;
		}
		list( $status, $body ) = get_transient( 'divedeeper_away' ) ? array( 0, '' ) : Server::send( 'GET', '/v1/fragment?' . $query );
		if ( 200 === $status || 404 === $status ) {
			$html = 200 === $status ? self::safe( $body ) : '';
			set_transient( $name, $html, self::KEPT_SECONDS );
			set_transient( $name . '_last', $html, self::LAST_SECONDS );
			return $html;
		}
		set_transient( 'divedeeper_away', 1, self::AWAY_SECONDS );
		return (string) get_transient( $name . '_last' );
	}

	/** What the server gives is not trusted with the site: no script, no style, no frame, no form. */
	private static function safe( string $html ): string {
		return trim( wp_kses( $html, array_fill_keys( self::ALLOWED_TAGS, self::ALLOWED_ATTRIBS ), array( 'http', 'https' ) ) );
	}
}
