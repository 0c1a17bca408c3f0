<?php
/**
 * A post in the archive's own form.
 */

namespace DiveDeeper;

defined( 'ABSPATH' ) || exit;

final class Article {

	/** Fields of a post; other plugins add claim and verdict with the filter divedeeper_article. */
	public static function of( \WP_Post $post ): array {
		list( $summary, $sections ) = self::parts( self::rendered( $post ) );
		$address                    = (string) get_permalink( $post );
		$article                    = array(
			'headline'     => self::plain( get_the_title( $post ) ),
			'summary'      => has_excerpt( $post ) ? self::plain( get_the_excerpt( $post ) ) : $summary,
			'sections'     => $sections,
			'url'          => $address,
			'system_id'    => 'wordpress:' . wp_parse_url( $address, PHP_URL_HOST ) . ':' . $post->ID,
			'publisher'    => self::plain( get_bloginfo( 'name' ) ),
			'language_tag' => get_bloginfo( 'language' ),
			'checked_on'   => get_the_date( 'Y-m-d', $post ),
			'modified_on'  => get_the_modified_date( 'Y-m-d', $post ),
			'authors'      => array_values( array_filter( array( self::plain( (string) get_the_author_meta( 'display_name', (int) $post->post_author ) ) ) ) ),
			'tags'         => array_map( array( self::class, 'plain' ), wp_get_post_tags( $post->ID, array( 'fields' => 'names' ) ) ),
			'published'    => true,
		);
		if ( has_excerpt( $post ) && '' !== $summary ) {
			array_unshift( $article['sections'], array( 'heading' => '', 'text' => $summary ) );
		}
		$image = get_the_post_thumbnail_url( $post, 'full' );
		if ( $image ) {
			$article['image'] = $image;
		}
		return (array) apply_filters( 'divedeeper_article', $article, $post );
	}

	/** The post as it is shown, without our own box. */
	private static function rendered( \WP_Post $post ): string {
		remove_filter( 'the_content', array( Box::class, 'append' ), 20 );
		remove_shortcode( 'divedeeper' );
		add_shortcode( 'divedeeper', '__return_empty_string' );
		$html = (string) apply_filters( 'the_content', $post->post_content );
		add_shortcode( 'divedeeper', array( Box::class, 'shortcode' ) );
		add_filter( 'the_content', array( Box::class, 'append' ), 20 );
		return $html;
	}

	/** What comes before the first heading, and a section for each heading. */
	private static function parts( string $html ): array {
		$pieces   = preg_split( '#<h[1-6]\b[^>]*>(.*?)</h[1-6]>#is', $html, -1, PREG_SPLIT_DELIM_CAPTURE );
		$sections = array();
		for ( $n = 1; isset( $pieces[ $n ] ); $n += 2 ) {
			$text = self::lines( $pieces[ $n + 1 ] ?? '' );
			if ( '' !== $text ) {
				$sections[] = array(
					'heading' => self::plain( $pieces[ $n ] ),
					'text'    => $text,
				);
			}
		}
		return array( self::lines( $pieces[0] ), $sections );
	}

	/** A paragraph a line, bullets marked as such. */
	private static function lines( string $html ): string {
		$html  = preg_replace( '#<(script|style|figure|iframe|form)\b.*?</\1>#is', ' ', $html );
		$html  = preg_replace( '#<li\b[^>]*>#i', "\n- ", $html );
		$html  = preg_replace( '#</?(p|div|li|ul|ol|blockquote|table|tr)\b[^>]*>|<br\s*/?>#i', "\n", $html );
		$lines = array_map( array( self::class, 'plain' ), explode( "\n", $html ) );
		return implode( "\n", array_filter( $lines, static fn( string $line ): bool => '' !== trim( $line, "- \u{a0}" ) ) );
	}

	private static function plain( string $html ): string {
		$text = html_entity_decode( wp_strip_all_tags( $html ), ENT_QUOTES | ENT_HTML5, 'UTF-8' );
		return trim( (string) preg_replace( '/\s+/u', ' ', $text ) );
	}
}
