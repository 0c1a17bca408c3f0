<?php
/**
 * Requests to the server; what goes wrong is a value and never stops a page.
 */

namespace DiveDeeper;

defined( 'ABSPATH' ) || exit;

final class Server {

	const READ_SECONDS  = 2.0; // a reader waits for it, once in a while
	const WRITE_SECONDS = 10.0;

	/** Status and body of an answer; the status is 0 where there was none. */
	public static function send( string $method, string $path, $body = null, float $seconds = self::READ_SECONDS ): array {
		$settings = Settings::all();
		if ( '' === $settings['server'] ) {
			return array( 0, '' );
		}
		$request = array(
			'method'      => $method,
			'timeout'     => $seconds,
			'redirection' => 0, // a key is for this server alone
			'headers'     => array( 'Accept' => 'application/json, text/html' ),
		);
		if ( 'GET' !== $method ) {
			$request['headers']['X-API-Key'] = $settings['key'];
		}
		if ( null !== $body ) {
			$request['headers']['Content-Type'] = 'application/json';
			$request['body']                    = wp_json_encode( $body );
		}
		$answer = wp_remote_request( $settings['server'] . $path, $request );
		if ( is_wp_error( $answer ) ) {
			return array( 0, $answer->get_error_message() );
		}
		return array( (int) wp_remote_retrieve_response_code( $answer ), wp_remote_retrieve_body( $answer ) );
	}
}
