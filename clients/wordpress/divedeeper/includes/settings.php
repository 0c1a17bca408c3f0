<?php
/**
 * What an administrator sets: the server, the key that writes, what stands in the box.
 */

namespace DiveDeeper;

defined( 'ABSPATH' ) || exit;

final class Settings {

	const OPTION = 'divedeeper';

	const DEFAULTS = array(
		'server'     => '',
		'key'        => '',
		'questions'  => 5,
		'related'    => 3,
		'widget'     => false,
		'post_types' => array( 'post' ),
	);

	public static function register(): void {
		add_action( 'admin_init', array( self::class, 'register_option' ) );
		add_action( 'admin_menu', array( self::class, 'add_page' ) );
	}

	/** All values; the key of wp-config.php (DIVEDEEPER_KEY) wins over the stored one. */
	public static function all(): array {
		$stored = get_option( self::OPTION );
		$values = array_merge( self::DEFAULTS, is_array( $stored ) ? $stored : array() );
		if ( defined( 'DIVEDEEPER_KEY' ) ) {
			$values['key'] = (string) constant( 'DIVEDEEPER_KEY' );
		}
		return $values;
	}

	public static function register_option(): void {
		register_setting(
			self::OPTION,
			self::OPTION,
			array( 'sanitize_callback' => array( self::class, 'sanitize' ) )
		);
	}

	/** Only what can be used: an address of http or https, bounded numbers, public post types. */
	public static function sanitize( $input ): array {
		$input  = is_array( $input ) ? $input : array();
		$server = untrailingslashit( esc_url_raw( trim( (string) ( $input['server'] ?? '' ) ), array( 'http', 'https' ) ) );
		$types  = array_intersect( (array) ( $input['post_types'] ?? array() ), get_post_types( array( 'public' => true ) ) );
		$key    = preg_replace( '/[^\x21-\x7e]/', '', (string) ( $input['key'] ?? '' ) );
		if ( '' === $key && empty( $input['forget_key'] ) ) {
			$stored = get_option( self::OPTION );
			$key    = is_array( $stored ) ? (string) ( $stored['key'] ?? '' ) : '';
		}
		return array(
			'server'     => $server,
			'key'        => $key,
			'questions'  => max( 0, min( 50, (int) ( $input['questions'] ?? self::DEFAULTS['questions'] ) ) ),
			'related'    => max( 0, min( 50, (int) ( $input['related'] ?? self::DEFAULTS['related'] ) ) ),
			'widget'     => ! empty( $input['widget'] ),
			'post_types' => array_values( $types ),
		);
	}

	public static function add_page(): void {
		add_options_page( 'divedeeper', 'divedeeper', 'manage_options', self::OPTION, array( self::class, 'show_page' ) );
	}

	public static function show_page(): void {
		if ( ! current_user_can( 'manage_options' ) ) {
			return;
		}
		$values = self::all();
		$name   = static fn( string $field ): string => self::OPTION . "[$field]";
		?>
		<div class="wrap">
			<h1>divedeeper</h1>
			<form action="options.php" method="post">
				<?php settings_fields( self::OPTION ); ?>
				<table class="form-table" role="presentation">
					<tr>
						<th><label for="dd-server"><?php esc_html_e( 'Address of the server', 'divedeeper' ); ?></label></th>
						<td><input id="dd-server" type="url" class="regular-text" name="<?php echo esc_attr( $name( 'server' ) ); ?>" value="<?php echo esc_attr( $values['server'] ); ?>" placeholder="https://checks.desk.example"></td>
					</tr>
					<tr>
						<th><label for="dd-key"><?php esc_html_e( 'Key that writes', 'divedeeper' ); ?></label></th>
						<td>
							<input id="dd-key" type="password" class="regular-text" autocomplete="off" name="<?php echo esc_attr( $name( 'key' ) ); ?>" value="">
							<p class="description"><?php echo '' === $values['key'] ? esc_html__( 'None: changes are not sent.', 'divedeeper' ) : esc_html__( 'One is stored; leave empty to keep it.', 'divedeeper' ); ?></p>
							<label><input type="checkbox" name="<?php echo esc_attr( $name( 'forget_key' ) ); ?>" value="1"> <?php esc_html_e( 'Forget it', 'divedeeper' ); ?></label>
						</td>
					</tr>
					<?php foreach ( array( 'questions' => __( 'Questions', 'divedeeper' ), 'related' => __( 'Related articles', 'divedeeper' ) ) as $field => $label ) : ?>
					<tr>
						<th><label for="dd-<?php echo esc_attr( $field ); ?>"><?php echo esc_html( $label ); ?></label></th>
						<td><input id="dd-<?php echo esc_attr( $field ); ?>" type="number" min="0" max="50" name="<?php echo esc_attr( $name( $field ) ); ?>" value="<?php echo esc_attr( (string) $values[ $field ] ); ?>"></td>
					</tr>
					<?php endforeach; ?>
					<tr>
						<th><?php esc_html_e( 'Widget', 'divedeeper' ); ?></th>
						<td><label><input type="checkbox" name="<?php echo esc_attr( $name( 'widget' ) ); ?>" value="1" <?php checked( $values['widget'] ); ?>> <?php esc_html_e( 'Load the script, by which answers unfold', 'divedeeper' ); ?></label></td>
					</tr>
					<tr>
						<th><?php esc_html_e( 'Shown below', 'divedeeper' ); ?></th>
						<td>
							<?php foreach ( get_post_types( array( 'public' => true ), 'objects' ) as $type ) : ?>
							<label><input type="checkbox" name="<?php echo esc_attr( $name( 'post_types' ) . '[]' ); ?>" value="<?php echo esc_attr( $type->name ); ?>" <?php checked( in_array( $type->name, $values['post_types'], true ) ); ?>> <?php echo esc_html( $type->label ); ?></label><br>
							<?php endforeach; ?>
						</td>
					</tr>
				</table>
				<?php submit_button(); ?>
			</form>
			<?php $waiting = count( Changes::waiting() ); ?>
			<?php if ( $waiting ) : ?>
			<p><?php echo esc_html( sprintf( /* translators: %d: number of posts */ __( 'Posts whose changes wait to be sent: %d', 'divedeeper' ), $waiting ) ); ?></p>
			<?php endif; ?>
		</div>
		<?php
	}
}
