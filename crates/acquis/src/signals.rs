//! When the program must end.

/// Ctrl-C, or what a service manager sends.
pub(crate) async fn arret() {
    let clavier = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let systeme = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let systeme = std::future::pending::<()>();
    tokio::select! {
        () = clavier => {}
        () = systeme => {}
    }
    tracing::info!("stopping: what is under way is finished first");
}
